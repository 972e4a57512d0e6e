import { startVitest } from 'vitest/node';

/** `npm test [-- filters]`: runs vitest and closes with one line that programs can read. */
const vitest = await startVitest(process.argv.slice(2), { run: true, watch: false });
const counts = { passed: 0, failed: 0, skipped: 0 };
for (const module of vitest.state.getTestModules()) {
  if (module.errors().length > 0) counts.failed += 1;
  for (const test of module.children.allTests()) {
    const { state } = test.result();
    if (state === 'passed') counts.passed += 1;
    else if (state === 'skipped') counts.skipped += 1;
    else counts.failed += 1;
  }
}
counts.failed += vitest.state.getUnhandledErrors().length;
await vitest.close();
const skipped = counts.skipped === 0 ? '' : `, ${counts.skipped} skipped`;
console.log(`${counts.passed} passed, ${counts.failed} failed${skipped}`);
process.exitCode = counts.failed === 0 && counts.passed > 0 ? 0 : 1;
