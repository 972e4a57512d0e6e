import { seedRandom } from '../numeric/random.ts';
import { countsOfHalf, MeasuresOfPart, subsampledMeasures } from './subsampled-measures.ts';
import type { SubsampledLabels, SubsampledRun, SubsampledValues } from './subsampled-measures.ts';

const draws = 200;
/** Draws between two waits. */
const drawsAtOnce = 10;

/**
 * So many neighbours D of each row hold those that are compared in nearly every random half of the rows:
 * half of them are enough by five standard deviations, (D - 5 √D) / 2. `k` is the most that is compared
 * of all rows.
 */
export function neighboursForHalves(k: number): number {
  const { k: half, votes } = countsOfHalf(k);
  return Math.max(k, Math.ceil(((5 + Math.sqrt(25 + 8 * Math.max(half, votes))) / 2) ** 2));
}

/**
 * The standard error of each measure over samples of pictures: the delete-half jackknife, the standard
 * deviation of the measure over random halves of the rows (Shao and Wu 1989; Politis and Romano 1994).
 * A half leaves out rows as anchors and as neighbours together, so that the dependence between anchors
 * that share neighbours is in it. `runs` hold neighbours of the same rows. `yieldToEvents` is awaited
 * with the fraction done, and may throw.
 */
export async function subsampledDeviations(
  runs: readonly [SubsampledRun, SubsampledRun],
  known: SubsampledLabels,
  { k, seed }: { readonly k: number; readonly seed: number },
  yieldToEvents: (fraction: number) => Promise<void>,
): Promise<SubsampledValues> {
  const { labels } = known;
  const measures = new MeasuresOfPart(runs, known, countsOfHalf(k));
  const random = seedRandom(seed);
  const order = Uint32Array.from({ length: labels.length }, (_, row) => row);
  const isIn = new Uint8Array(labels.length);
  const drawn: SubsampledValues[] = [];
  for (let draw = 0; draw < draws; draw++) {
    if (draw % drawsAtOnce === 0) await yieldToEvents(draw / draws);
    isIn.fill(0);
    for (let place = 0; place < labels.length >> 1; place++) {
      const other = place + random.index(labels.length - place);
      const row = order[other] as number;
      order[other] = order[place] as number;
      order[place] = row;
      isIn[row] = 1;
    }
    drawn.push(measures.of(isIn));
  }
  return Object.fromEntries(
    subsampledMeasures.map((name) => [
      name,
      deviationOf(
        drawn.map((values) => values[name]),
        labels.length,
      ),
    ]),
  ) as SubsampledValues;
}

/** √(m / (n - m) · mean squared distance from the mean), for halves m of n rows. */
function deviationOf(values: readonly number[], rows: number): number {
  const mean = values.reduce((total, value) => total + value, 0) / values.length;
  const squares = values.reduce((total, value) => total + (value - mean) ** 2, 0);
  const part = rows >> 1;
  return Math.sqrt(((part / (rows - part)) * squares) / values.length);
}
