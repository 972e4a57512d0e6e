import { describe, expect, it } from 'vitest';
import { drawAugmentation } from '../../../../src-main/engine/augmentation/augmentation-draws.ts';
import { compileProgram } from '../../../../src-main/engine/graph/compile-program.ts';
import { seedRandom } from '../../../../src-main/engine/numeric/random.ts';
import {
  columnLabels,
  rowLabels,
} from '../../../../src-main/engine/training/ledger/ledger-step.ts';
import type { TrainingPlan } from '../../../../src-main/engine/training/plan/training-plan.ts';
import {
  carriedNames,
  scalarInput,
  trainStepSpec,
} from '../../../../src-main/engine/training/step/train-step.ts';
import type { TrainInput } from '../../../../src-main/contract/runs.ts';
import { narrowPlan, narrowStart } from '../narrow-training.ts';

const [batch, queueSize, steps, temperature] = [3, 12, 9, 0.5];
/** Three batches of nine pictures in turn: from step 4 on the queue holds a key of every anchor. */
const batches = 3;

interface Recorded {
  readonly rowIds: number[];
  readonly columnIds: number[];
  /** dl_i/ds_ij and s_ij of each anchor's columns, [B][K]. */
  readonly push: number[][];
  readonly similarity: number[][];
  /** The queue before the step, and the keys that entered it. */
  readonly queue: number[][];
  readonly keys: number[][];
}

function rowsOf(values: ArrayLike<number>, rows: number): number[][] {
  const width = values.length / rows;
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: width }, (_, at) => values[row * width + at]!),
  );
}

/** Rows of two views, and as a support view, if any, the second ones of the next picture of the batch. */
function withNextAsSupport<Values extends Uint8Array | Float32Array>(
  values: Values,
  views: number,
): Values {
  const rows = rowsOf(values, 2 * batch);
  const support = rows
    .map((_, row) => rows[batch + ((row + 1) % batch)]!)
    .slice(0, (views - 2) * batch);
  const kind = values.constructor as unknown as { from: (values: number[]) => Values };
  return kind.from([...rows, ...support].flat());
}

function picture(id: number, size: number): number[] {
  const random = seedRandom(id);
  const base = Array.from({ length: 3 }, () => random.index(200));
  return Array.from({ length: size * size * 3 }, (_, at) => base[at % 3]! + random.index(56));
}

/** Trains some steps and gives what the ledger records of each, beside the queue and the keys. */
async function recordedSteps(plan: TrainingPlan): Promise<Recorded[]> {
  const { source, optimiser, size, augmentation } = plan.step;
  const program = await compileProgram(trainStepSpec(plan.step), 'cpu', { threads: 1 });
  const { arrays } = narrowStart(plan, batches);
  const begun = carriedNames(plan.step).map((name) => [name, arrays[name]!]);
  program.writeState(Object.fromEntries(begun) as Record<string, Float32Array>);
  const [host, random] = [source.host(arrays), seedRandom(8)];
  const recorded: Recorded[] = [];
  const queueNow = () => rowsOf(program.readState()['queue']!.values, queueSize);
  for (let step = 1; step <= steps; step += 1) {
    const first = ((step - 1) % batches) * batch;
    const ids = Uint32Array.from({ length: batch }, (_, at) => first + at + 1);
    const pixels = [...ids, ...ids].flatMap((id) => picture(id, size));
    const { crops, colours } = drawAugmentation(2 * batch, augmentation, random);
    const scalars = { temperature };
    const fed = host.step({ batch: ids, step, epoch: 0, random, scalars });
    const numbers = Object.entries({
      ...optimiser.rates(0.02, step),
      [scalarInput('temperature')]: temperature,
    }).map(([name, value]) => [name, Float32Array.of(value)]);
    const queue = step === 1 ? rowsOf(arrays['queue']!, queueSize) : queueNow();
    const outputs = await program.run({
      images: withNextAsSupport(Uint8Array.from(pixels), source.viewsPerPicture),
      crops: withNextAsSupport(crops, source.viewsPerPicture),
      colours: withNextAsSupport(colours, source.viewsPerPicture),
      [rowLabels(0)]: new Int32Array(batch).fill(-1),
      [columnLabels(0)]: new Int32Array(queueSize).fill(-1),
      ...fed.feeds,
      ...(Object.fromEntries(numbers) as Record<string, Float32Array>),
    });
    const pointer = ((step - 1) * batch) % queueSize;
    recorded.push({
      rowIds: [...fed.rowIds],
      columnIds: [...fed.columnIds],
      push: rowsOf(outputs['ledger.push']!.values, batch),
      similarity: rowsOf(outputs['ledger.similarity']!.values, batch),
      queue,
      keys: queueNow().slice(pointer, pointer + batch),
    });
  }
  await program.dispose();
  return recorded;
}

interface Rule {
  readonly supportViews: 0 | 1;
  readonly falseTopK: number;
  readonly falseThreshold?: number;
  readonly falseQuantile?: number;
}

function dot(left: number[], right: number[]): number {
  return left.reduce((sum, value, at) => sum + value * right[at]!, 0);
}

/** The false negatives of each anchor: c_ij is of its own key and, as support, of the next picture's. */
function falseOf({ rowIds, columnIds, queue, keys }: Recorded, rule: Rule): boolean[][] {
  const mayBe = rowIds.map((id) => columnIds.map((other) => other !== 0 && other !== id));
  const scores = keys.map((key, row) =>
    queue.map((old) => {
      const own = dot(key, old);
      return rule.supportViews === 0 ? own : Math.max(own, dot(keys[(row + 1) % batch]!, old));
    }),
  );
  const known = scores.flatMap((row, at) => row.filter((_, column) => mayBe[at]![column]));
  const ascending = known.sort((a, b) => a - b);
  const { falseQuantile = 0, falseThreshold = 0 } = rule;
  const place = Math.ceil(ascending.length * falseQuantile) - 1;
  const threshold = falseQuantile > 0 ? (ascending[place] ?? Infinity) : falseThreshold;
  return scores.map((row, at) => {
    const possible = row.filter((_, column) => mayBe[at]![column]).sort((a, b) => b - a);
    const least = possible[Math.min(rule.falseTopK, possible.length) - 1] ?? Infinity;
    return row.map((c, column) => mayBe[at]![column]! && c >= least && c > threshold);
  });
}

describe('a queue with cancellation records what the rule says', () => {
  // Only without support no two anchors share a key: equal scores would make the quantile a matter of rounding.
  it.each<['attract' | 'eliminate', Rule]>([
    ['attract', { supportViews: 1, falseTopK: 3, falseThreshold: 0.5 }],
    ['attract', { supportViews: 0, falseTopK: 5, falseQuantile: 0.8, falseThreshold: 1 }],
    ['eliminate', { supportViews: 1, falseTopK: 2, falseThreshold: 0.5 }],
    ['eliminate', { supportViews: 0, falseTopK: 12, falseQuantile: 0.7, falseThreshold: 1 }],
  ])('%s, %o', async (falseAction, rule) => {
    const settings: TrainInput['settings'] = {
      ...{ source: 'queue', queueSize, keyMomentum: 0.9, batchNormSplits: 1 },
      ...{ falseAction, temperature, ...rule },
    };
    const plan = narrowPlan({ objective: 'fnc', settings, ledgerSize: 16 }, 9);
    const recorded = await recordedSteps(plan);
    let [found, own, pushed] = [0, 0, 0];
    for (const step of recorded) {
      const isFalse = falseOf(step, rule);
      for (const [row, id] of step.rowIds.entries()) {
        const cancelled = isFalse[row]!.filter(Boolean).length;
        const [push, similarity] = [step.push[row]!, step.similarity[row]!];
        const kindOf = (column: number) =>
          step.columnIds[column] === id ? 'own' : isFalse[row]![column] ? 'false' : 'true';
        const some = push.findIndex((_, column) => kindOf(column) === 'true');
        // The denominator, as a true negative of the same anchor shows it.
        const mass = Math.exp(similarity[some]! / temperature) / (push[some]! * temperature);
        const attraction = falseAction === 'attract' ? 1 / (temperature * (1 + cancelled)) : 0;
        for (const [column, value] of push.entries()) {
          const whole = Math.exp(similarity[column]! / temperature) / (mass * temperature);
          const kind = kindOf(column);
          const ofFalse = falseAction === 'attract' ? whole - attraction : 0;
          const expected = { own: 0, false: ofFalse, true: whole }[kind];
          expect(Math.abs(value - expected), `${kind} ${step.columnIds[column]}`).toBeLessThan(
            1e-5,
          );
          if (kind === 'own') own += 1;
          else if (kind === 'false') found += 1;
          else pushed += 1;
        }
      }
    }
    // From step 4 to 9 each anchor meets its own key at least once, and not all are false.
    expect(own).toBeGreaterThanOrEqual(6 * batch);
    expect(found).toBeGreaterThan(20);
    expect(pushed).toBeGreaterThan(20);
  });
});
