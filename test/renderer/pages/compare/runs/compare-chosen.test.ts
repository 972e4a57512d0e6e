import { beforeEach, describe, expect, it } from 'vitest';
import { compareChosen } from '../../../../../src-renderer/pages/compare/runs/compare-chosen.ts';
import type { AppState } from '../../../../../src-renderer/app/app-state.svelte.ts';

let done: unknown[] = [];

beforeEach(() => {
  done = [];
});

/** A window in which these runs are chosen; the comparison of the first two was made before or not. */
function windowWith(chosen: readonly number[], isMade: boolean): AppState {
  const comparison = {
    sides: [] as readonly { run: number }[],
    result: null as object | null,
    ...{ k: 15, alignment: 'procrustes' },
    show(...sides: readonly { run: number }[]) {
      this.sides = sides;
    },
    load() {
      done.push('load');
      if (isMade) this.result = {};
      return Promise.resolve();
    },
  };
  return {
    comparison,
    runTable: { chosenSides: chosen.map((run) => ({ run })) },
    jobs: {
      start: (kind: string, input: { runs: readonly { run: number }[] }) => {
        done.push([kind, ...input.runs.map(({ run }) => run)]);
        return Promise.resolve({ job: 1 });
      },
    },
    attempt: (work: () => Promise<unknown>) => work(),
  } as unknown as AppState;
}

describe('comparing the rows that are chosen', () => {
  it('looks at what was made before, and compares only where nothing was', async () => {
    await compareChosen(windowWith([2, 5], true));
    expect(done).toEqual(['load']);
    done = [];
    await compareChosen(windowWith([2, 5], false));
    expect(done).toEqual(['load', ['compare', 2, 5]]);
  });

  it('compares three or four each with each', async () => {
    await compareChosen(windowWith([1, 2, 3, 4], true));
    expect(done).toEqual(['load', ['compare', 1, 2, 3, 4]]);
    done = [];
    await compareChosen(windowWith([1, 2, 3], true));
    expect(done).toEqual(['load', ['compare', 1, 2, 3]]);
  });

  it('does nothing with fewer than two', async () => {
    await compareChosen(windowWith([2], false));
    await compareChosen(windowWith([], false));
    expect(done).toEqual([]);
  });
});
