// Joins the built command line and what it needs at its start into a few files in dist/bundle: loading hundreds of small ones
// takes longer than most of what they do. bin/peerscope.js starts from there, and from dist/cli where there is no bundle.
import { build } from 'esbuild';
import { bundleViewer } from './bundle-viewer.js';

await bundleViewer('dist/viewer');

await build({
  entryPoints: {
    main: 'dist/cli/main.js',
    worker: 'dist/cli/worker.js',
    'parquet-decoder': 'dist/formats/parquet-decoder.js',
  },
  outdir: 'dist/bundle',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  // Names stay, so that a stack trace can be read.
  minifyWhitespace: true,
  logLevel: 'warning',
  alias: { 'string-width': './scripts/string-width.js' },
  // Large, seldom used, or in need of their own files.
  external: ['vega', 'vega-lite', 'graphology', 'graphology-*', 'prom-client', 'tinypool', '@resvg/resvg-js'],
  banner: {
    js: "import { createRequire as __requireFrom } from 'node:module'; const require = __requireFrom(import.meta.url);",
  },
});
