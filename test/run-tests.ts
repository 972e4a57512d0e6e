import { startVitest } from 'vitest/node';

/** `npm test [-- filters]`: runs vitest and closes with one line that programs can read. */
const vitest = await startVitest(process.argv.slice(2), { run: true, watch: false });
const counts = { passed: 0, failed: 0, skipped: 0 };
const passedLater: string[] = [];
for (const module of vitest.state.getTestModules()) {
  if (module.errors().length > 0) counts.failed += 1;
  for (const test of module.children.allTests()) {
    const { state } = test.result();
    if (state === 'passed') counts.passed += 1;
    else if (state === 'skipped') counts.skipped += 1;
    else counts.failed += 1;
    if (test.diagnostic()?.flaky) passedLater.push(test.fullName);
  }
}
counts.failed += vitest.state.getUnhandledErrors().length;
await vitest.close();
for (const name of passedLater) console.log(`Passed on the second try only: ${name}`);
if (counts.skipped > 0) console.log(`${counts.skipped} skipped`);
console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exitCode = counts.failed === 0 && counts.passed > 0 ? 0 : 1;
