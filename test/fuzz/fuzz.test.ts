import { describe, expect, it } from 'vitest';
import { formatNames } from './all-formats.ts';
import { runFormat } from './run-format.ts';

/** The long form is `npm run fuzz`. A machine with other work takes its time. */
const run = { seed: 3, first: 0, count: 150, seconds: 60, hangSeconds: 60 };

describe('damaged files and messages', () => {
  it.each(formatNames.filter((name) => name !== 'library'))(
    'are read, or refused with a sentence: %s',
    async (format) => {
      const report = await runFormat(format, run);
      expect(report.failures).toEqual([]);
      expect(report.read).toBeGreaterThan(0);
      expect(report.refused).toBeGreaterThan(0);
    },
  );

  // Not each damaged cell of a library is told in a sentence yet.
  it('never end the process, and fit in memory: library', async () => {
    const report = await runFormat('library', run);
    expect(report.failures.filter(({ kind }) => kind !== 'fault')).toEqual([]);
    expect(report.read).toBeGreaterThan(0);
    expect(report.refused).toBeGreaterThan(0);
  });
});
