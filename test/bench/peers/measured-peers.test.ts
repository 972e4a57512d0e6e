import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findPython, pythonCandidates } from './find-python.ts';
import { benchResults } from './results.ts';

const main = join(import.meta.dirname, '../main.ts');
const tiny = ['--peers', '--only', 'neighbours', '--set', 'points=300', '--set', 'dimensions=16'];

/** Runs `npm run bench` without npm. */
function bench(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  return spawnSync(process.execPath, ['--no-warnings', main, ...args], {
    ...{ encoding: 'utf8', env: { ...process.env, ...env } },
  });
}

describe('a benchmark beside a peer', () => {
  it('takes turns with NumPy, which finds the same neighbours, and gives the ratio of each turn', async ({
    skip,
  }) => {
    const found = await findPython(['numpy'], pythonCandidates(process.env));
    if ('missing' in found) return skip(found.missing);
    const { stdout, stderr, status } = bench([...tiny, '--turns', '3', '--json']);
    expect(status).toBe(0);
    const { rows, machine, turns, notMeasured } = benchResults.parse(JSON.parse(stdout));
    expect([rows.length, turns, notMeasured]).toEqual([1, 3, []]);
    expect(machine.node).toBe(process.versions.node);
    const { ours, peer, ratio, sizes } = rows[0]!;
    expect(sizes).toMatchObject({ points: 300, dimensions: 16 });
    expect(ours.turns).toHaveLength(3);
    expect(peer?.by).toMatch(/^NumPy \d/);
    expect(peer?.notes['sameNeighbours']).toBeGreaterThan(0.999);
    expect(ratio?.turns).toEqual(peer!.turns.map((seconds, turn) => seconds / ours.turns[turn]!));
    // Progress and the peer's turns are told beside the figures: A B A B A B.
    const told = stderr.trim().split('\n').slice(1);
    expect(told.map((line) => line.endsWith('the peer'))).toEqual([
      false,
      true,
      false,
      true,
      false,
      true,
    ]);
  });

  it('measures ours where the peer is missing, and says what installs it', () => {
    const { stdout, status } = bench([...tiny, '--turns', '1'], {
      NEGATOSCOPE_PYTHON: '/nowhere/python',
    });
    expect(status).toBe(0);
    expect(stdout).toContain('| exact neighbours (points 300, dimensions 16');
    expect(stdout).toContain('neighbours: NumPy is not installed');
    expect(stdout).toContain('npm run bench:peers-install');
  });

  it('refuses what it does not know in a sentence', () => {
    const { stderr, status } = bench(['--peers', '--only', 'nothing']);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^No benchmark nothing; there are train-resnet8, .*\.\n$/);
  });
});
