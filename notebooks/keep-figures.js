// Strips notebooks of all outputs but figures, and of what differs from run to run: node keep-figures.js NOTEBOOK…
import { readFileSync, writeFileSync } from 'node:fs';

const isFigure = ({ output_type, data }) =>
  output_type === 'display_data' &&
  Object.keys(data).some((type) => type === 'image/svg+xml' || type === 'image/png');

for (const path of process.argv.slice(2)) {
  const notebook = JSON.parse(readFileSync(path, 'utf8'));
  for (const cell of notebook.cells) {
    cell.metadata = {};
    if (cell.cell_type !== 'code') continue;
    cell.execution_count = null;
    cell.outputs = cell.outputs.filter(isFigure);
  }
  writeFileSync(path, `${JSON.stringify(notebook, null, 1)}\n`);
}
