import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { trainInput } from '../../src-main/contract/runs.ts';
import { compileProgram } from '../../src-main/engine/graph/compile-program.ts';
import { saveLedger } from '../../src-main/engine/store/ledger.ts';
import { openLibrary } from '../../src-main/engine/store/library-file.ts';
import type { Library } from '../../src-main/engine/store/library-file.ts';
import { createRun } from '../../src-main/engine/store/runs.ts';
import { LedgerRecorder } from '../../src-main/engine/training/ledger/ledger-recorder.ts';
import { pictureViews } from '../../src-main/engine/training/step/step-views.ts';
import { trainEpoch } from '../../src-main/engine/training/trainer.ts';
import { trainStepSpec } from '../../src-main/engine/training/step/train-step.ts';
import { planTraining } from '../../src-main/engine/training/plan/training-plan.ts';
import { startTraining } from '../../src-main/engine/training/plan/training-state.ts';
import { madeSquares } from '../fixtures/square-sources.ts';

export interface LedgerFigures {
  readonly millisecondsWithout: number;
  readonly millisecondsWith: number;
  /** Of the medians; 1.1 is the most that is allowed. */
  readonly ratio: number;
}

const batch = 64;
const size = 32;
const warmUpSteps = 3;
const timedSteps = 21;

/**
 * What the ledger costs: steps of `resnet8` on 64 pictures of 32 px on the cpu, in turns with and
 * without it, the recording and the writing of what a step tells included.
 */
export async function benchLedger(): Promise<Record<string, LedgerFigures>> {
  const folder = mkdtempSync(join(tmpdir(), 'negatoscope-bench-'));
  const library = openLibrary(join(folder, 'library.sqlite'), { mode: 'write', now: Date.now });
  library.db.pragma('foreign_keys = OFF');
  try {
    const figures: Record<string, LedgerFigures> = {};
    for (const objective of ['simclr', 'hard', 'moco', 'moco-ring']) {
      figures[objective] = await ledgerCost(library, objective);
    }
    return figures;
  } finally {
    library.close();
    rmSync(folder, { recursive: true });
  }
}

async function ledgerCost(library: Library, objective: string): Promise<LedgerFigures> {
  const without = await stepTimer(library, objective, 0);
  const withLedger = await stepTimer(library, objective, 32);
  const times = { without: [] as number[], with: [] as number[] };
  for (let step = 0; step < warmUpSteps + timedSteps; step += 1) {
    const [plain, recorded] = [await without.step(), await withLedger.step()];
    if (step < warmUpSteps) continue;
    times.without.push(plain);
    times.with.push(recorded);
  }
  await without.dispose();
  await withLedger.dispose();
  const [millisecondsWithout, millisecondsWith] = [median(times.without), median(times.with)];
  return { millisecondsWithout, millisecondsWith, ratio: millisecondsWith / millisecondsWithout };
}

/** Trains epochs of one step each and tells how many milliseconds one took. */
async function stepTimer(library: Library, objective: string, ledgerSize: number) {
  const plan = planTraining(trainInput.parse({ objective, batch, size, ledgerSize }));
  const program = await compileProgram(trainStepSpec(plan.step), 'cpu');
  const recorder = plan.ledger && new LedgerRecorder(plan.ledger);
  const run = createRun(library, {
    name: `${objective} ${ledgerSize}`,
    kind: 'trained',
    encoder: 'resnet8',
    objective,
    settings: {},
    state: 'training',
  });
  const sources = {
    program,
    views: pictureViews(plan.step, madeSquares(size)),
    now: () => performance.now(),
    yieldToEvents: () => Promise.resolve(),
    onStep: () => undefined,
    ledger: recorder && {
      labels: { slots: 1, labelOf: (id: number) => id % 10 },
      add: recorder.add.bind(recorder),
    },
  };
  let state = startTraining(
    plan.step,
    plan.seed,
    Uint32Array.from({ length: batch }, (_, at) => at + 1),
  );
  const step = async (): Promise<number> => {
    const begun = performance.now();
    state = await trainEpoch(plan, state, sources);
    if (recorder) saveLedger(library, run.id, state.epoch, recorder.takeEpoch());
    return performance.now() - begun;
  };
  return { step, dispose: () => program.dispose() };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
