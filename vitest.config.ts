import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['./test/support/fast-check-seed.ts'],
    reporters: ['default', './test/plain-line-reporter.ts'],
    testTimeout: 60_000,
  },
});
