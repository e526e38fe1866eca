import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['./test/support/fast-check-seed.ts'],
    reporters: ['default', './test/plain-line-reporter.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // The source keeps no state in modules, so that test files share them: loading them for each takes a third of the work.
    isolate: false,
    // Vitest leaves a core to itself, but many tests wait for sockets and processes.
    maxWorkers: '100%',
  },
});
