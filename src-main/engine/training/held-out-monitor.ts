import { fewestChoosingPairs, heldOutMetric, heldOutNearest } from '../../contract/held-out.ts';
import { partnerRanks } from '../evaluation/partner-ranks.ts';
import { scoreSample } from '../evaluation/score-sample.ts';
import type { Library } from '../store/library-file.ts';
import { hashesOf, presentSamples } from '../store/samples.ts';
import { partnersOf } from '../verdicts/partners.ts';
import type { Partnered } from '../verdicts/partners.ts';
import type { TrainingMaterial } from './material/training-material.ts';
import { flatWeights } from './plan/training-state.ts';
import type { TrainingState } from './plan/training-state.ts';
import { recordedVerdicts } from './training-verdict-arrays.ts';

/** Held-out pictures are ranked among themselves and so many others, the same at every epoch. */
const othersAtMost = 1000;

/** Measures after each epoch how near the partners of held-out pictures are in h. */
export class HeldOutMonitor {
  readonly #pictures: readonly Partnered[];
  readonly #ranked: Uint32Array;
  readonly #material: TrainingMaterial;

  private constructor(
    pictures: readonly Partnered[],
    ranked: Uint32Array,
    material: TrainingMaterial,
  ) {
    this.#pictures = pictures;
    this.#ranked = ranked;
    this.#material = material;
  }

  /** The monitor of a training's held-out pairs; null where it has none. */
  static of(
    library: Library,
    state: TrainingState,
    material: TrainingMaterial,
  ): HeldOutMonitor | null {
    const verdicts = recordedVerdicts(state);
    if (verdicts === null) return null;
    const { sampleIds } = state;
    const { heldOutPairs, heldOutGroups } = verdicts;
    const pictures = partnersOf(heldOutPairs, heldOutGroups, sampleIds);
    if (pictures.length === 0) return null;
    const order = scoreSample(hashesOf(presentSamples(library), sampleIds), othersAtMost);
    const ranked = new Set([
      ...Array.from(order, (index) => sampleIds[index] ?? 0),
      ...pictures.map(({ id }) => id),
    ]);
    return new HeldOutMonitor(pictures, Uint32Array.from(ranked).sort(), material);
  }

  /** Whether there are enough held-out pairs to choose an epoch by them. */
  get canChoose(): boolean {
    const ranks = this.#pictures.reduce((sum, { partners }) => sum + partners.length, 0);
    return ranks / 2 >= fewestChoosingPairs;
  }

  /** The mean reciprocal rank of held-out partners, and the share of pictures whose nearest is one. */
  async measure(
    state: TrainingState,
    yieldToEvents: () => Promise<void>,
  ): Promise<Record<string, number>> {
    const { h } = await this.#material.embed(flatWeights(state), this.#ranked, yieldToEvents);
    const rowOf = new Map(Array.from(this.#ranked, (id, row) => [id, row]));
    const rowsOf = (ids: readonly number[]): number[] => ids.map((id) => rowOf.get(id) ?? 0);
    const rows = {
      vectors: h,
      count: this.#ranked.length,
      dimensions: this.#material.featureLength,
    };
    const wanted = this.#pictures.map(({ id, partners, group }) => ({
      row: rowOf.get(id) ?? 0,
      ...{ partners: rowsOf(partners), group: rowsOf(group) },
    }));
    const ranks = await partnerRanks(rows, wanted, yieldToEvents);
    const reciprocal = ranks.flatMap((some) => Array.from(some, (rank) => 1 / rank));
    const nearest = ranks.filter((some) => some.includes(1)).length;
    return {
      [heldOutMetric]: reciprocal.reduce((sum, one) => sum + one, 0) / reciprocal.length,
      [heldOutNearest]: nearest / ranks.length,
    };
  }
}
