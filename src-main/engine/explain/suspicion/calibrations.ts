import type { SampleColumns } from '../../../contract/library.ts';
import type { RunEmbeddings } from '../../neighbours/embedding-cache.ts';
import type { UnitRows } from '../../numeric/unit-rows.ts';
import type { Library } from '../../store/library-file.ts';
import { libraryPassOn } from '../../store/pass-on.ts';
import { listVerdicts } from '../../store/verdicts.ts';
import { knownPairs } from '../../verdicts/known-pairs.ts';
import { calibrateRanked } from './calibration.ts';
import type { Calibration } from './calibration.ts';
import { rankAnchors } from './ranked-anchors.ts';
import type { RankedAnchors } from './ranked-anchors.ts';

/** The run that is explored, both sides of a comparison, and the run of the review. */
const keptCalibrations = 4;

/** Ranking so few pictures takes no longer than an answer does. */
const fewPictures = 4096;

interface Entry {
  readonly rows: UnitRows;
  readonly samples: SampleColumns;
  readonly verdicts: string;
  readonly calibration: Promise<Calibration>;
}

/**
 * Keeps in memory what was calibrated last. Ranks depend on the embeddings alone; after a new label or
 * verdict only the pairs are counted again.
 */
export class Calibrations {
  readonly #ranked = new WeakMap<UnitRows, Promise<RankedAnchors>>();
  /** Rows whose ranks are there, so that a calibration is there at once. */
  readonly #isRanked = new WeakSet<UnitRows>();
  #entries: readonly Entry[] = [];

  /**
   * The calibration of embedded pictures by all labels and verdicts, of the similarities of `rows`;
   * `samples` are all present ones.
   */
  of(
    library: Library,
    embeddings: RunEmbeddings,
    samples: SampleColumns,
    rows: UnitRows = embeddings,
  ): Promise<Calibration> {
    const verdicts = verdictsKey(library);
    const known = this.#entries.find(
      (entry) => entry.rows === rows && entry.samples === samples && entry.verdicts === verdicts,
    );
    const calibration = known?.calibration ?? this.#calibrate(library, embeddings, samples, rows);
    const entry = { rows, samples, verdicts, calibration };
    const others = this.#without(calibration);
    this.#entries = [entry, ...others].slice(0, keptCalibrations);
    calibration.catch(() => {
      this.#entries = this.#without(calibration);
      this.#ranked.delete(rows);
    });
    return calibration;
  }

  /**
   * The same where only pairs must be counted for it, or pictures are few; null where the anchors must be
   * ranked first.
   */
  ofRanked(
    library: Library,
    embeddings: RunEmbeddings,
    samples: SampleColumns,
    rows: UnitRows,
  ): Promise<Calibration> | null {
    const isSoon = this.#isRanked.has(rows) || rows.count <= fewPictures;
    return isSoon ? this.of(library, embeddings, samples, rows) : null;
  }

  async #calibrate(
    library: Library,
    embeddings: RunEmbeddings,
    samples: SampleColumns,
    rows: UnitRows,
  ): Promise<Calibration> {
    const { known } = knownPairs(library, embeddings.ids, samples);
    const ranking = this.#ranked.get(rows) ?? rankAnchors(rows);
    this.#ranked.set(rows, ranking);
    const ranked = await ranking;
    this.#isRanked.add(rows);
    return calibrateRanked(ranked, known, embeddings.neighbours);
  }

  #without(calibration: Promise<Calibration>): readonly Entry[] {
    return this.#entries.filter((entry) => entry.calibration !== calibration);
  }
}

/** Everything about verdicts that decides on pairs: what they say, and how they pass on. */
function verdictsKey(library: Library): string {
  const said = listVerdicts(library).map(
    ({ hashA, hashB, verdict }) => `${hashA} ${hashB} ${verdict}`,
  );
  return [libraryPassOn(library).passOn, ...said].join('\n');
}
