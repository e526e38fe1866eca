import type { Reporter, TestModule } from 'vitest/node';

/** Ends a run with one plain line that any script can read: `N passed, N failed[, N skipped]`. */
export default class PlainLineReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    let passed = 0;
    let skipped = 0;
    // A file that could not be loaded and an error outside any test are failures too.
    let failed = unhandledErrors.length + modules.filter((module) => module.errors().length > 0).length;
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed') passed += 1;
        else if (state === 'failed') failed += 1;
        else skipped += 1;
      }
    }
    const tail = skipped > 0 ? `, ${String(skipped)} skipped` : '';
    process.stdout.write(`${String(passed)} passed, ${String(failed)} failed${tail}\n`);
  }
}
