import { describe, expect, it } from 'vitest';
import {
  checkParts,
  losses,
  selections,
  sources,
} from '../../../src-main/contract/objectives/parts.ts';
import type { ObjectiveParts } from '../../../src-main/contract/objectives/parts.ts';
import type { TrainInput } from '../../../src-main/contract/runs.ts';
import { flatWeights } from '../../../src-main/engine/training/plan/training-state.ts';
import { narrowPlan, narrowStart, trainNarrow } from './narrow-training.ts';

function isAllowed(parts: ObjectiveParts): boolean {
  try {
    checkParts(parts);
    return true;
  } catch {
    return false;
  }
}

const allowed = Object.keys(sources).flatMap((source) =>
  Object.keys(selections).flatMap((selection) =>
    Object.keys(losses)
      .map((loss) => ({ source, selection, loss }) as ObjectiveParts)
      .filter(isAllowed),
  ),
);

const steps = 4;

describe('parts that go together', () => {
  it.each(allowed)('$source, $selection and $loss are trained with', async (parts) => {
    const settings: TrainInput['settings'] = {
      ...parts,
      ...(['ring', 'ball', 'cave'].includes(parts.selection) && { ringOuter: 0.8 }),
      ...(parts.selection === 'mixing' && { mixWarmup: 1, mixPairs: 3, mixQueries: 2 }),
    };
    const plan = narrowPlan({ objective: 'simclr', settings, learningRate: 0.01 }, steps * 3);
    const begun = narrowStart(plan, steps);
    const { state, losses: recorded } = await trainNarrow(plan, begun, 2, 'cpu');
    expect(recorded).toHaveLength(2 * steps);
    expect(recorded.every(Number.isFinite)).toBe(true);
    expect(new Set(recorded).size).toBe(2 * steps);
    expect(flatWeights(state).weights).not.toEqual(flatWeights(begun).weights);
  });
});
