import type { BenchOptions } from './bench-options.ts';
import type { SizedWork } from './chosen-works.ts';
import { measureWork } from './measure-work.ts';
import type { MeasuredWork } from './measure-work.ts';
import { thisMachine } from './machine.ts';
import type { BenchResults } from './results.ts';

/** The results of some work, and how it ended. */
export interface MeasuredWorks {
  readonly results: BenchResults;
  readonly hasFailed: boolean;
  /** Whether it was stopped before its end. */
  readonly isStopped: boolean;
}

/** Measures one piece of work after the other. Stopped by the signal, it gives what it has by then. */
export async function measureWorks(
  works: readonly SizedWork[],
  { turns, hasPeers }: Pick<BenchOptions, 'turns' | 'hasPeers'>,
  signal: AbortSignal,
  say: (line: string) => void,
): Promise<MeasuredWorks> {
  const [at, machine] = [new Date().toISOString(), thisMachine()];
  const done: MeasuredWork[] = [];
  for (const { work, sizes } of works) {
    try {
      signal.throwIfAborted();
      done.push(await measureWork(work, sizes, { turns, hasPeers, signal, say }));
    } catch (error) {
      if (!signal.aborted) throw error;
      break;
    }
  }
  const [rows, notMeasured] = [
    done.flatMap((each) => each.rows),
    [...new Set(done.flatMap((each) => each.notMeasured))],
  ];
  return {
    results: { at, machine, turns, rows, notMeasured, figures: {} },
    hasFailed: done.some((each) => each.hasFailed),
    isStopped: signal.aborted,
  };
}
