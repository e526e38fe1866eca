// Makes the viewer's page of viewer/: one script with everything it needs, since a page on this machine asks nobody else.
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const SOURCE = fileURLToPath(new URL('../viewer/', import.meta.url));

/** Writes index.html, style.css and main.js into a folder. */
export async function bundleViewer(folder) {
  mkdirSync(folder, { recursive: true });
  for (const file of ['index.html', 'style.css']) cpSync(join(SOURCE, file), join(folder, file));
  await build({
    entryPoints: [join(SOURCE, 'main.ts')],
    outfile: join(folder, 'main.js'),
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    minify: true,
    legalComments: 'eof',
    logLevel: 'warning',
  });
}
