import { usualNearThreshold } from '../../contract/near-duplicates.ts';
import { mutualNeighbourCount } from '../../contract/bins.ts';
import type { SampleColumns } from '../../contract/library.ts';
import type { PairVerdict } from '../../contract/verdict-groups.ts';
import type { RunEmbeddings } from '../neighbours/embedding-cache.ts';
import { nearDuplicateRows } from '../neighbours/near-duplicates.ts';
import { knownNeighbours } from './known-neighbours.ts';

/** The near-duplicate families of a run's pictures, and which of them were judged; by sample id. */
export class PairFamilies {
  readonly #families: readonly Uint32Array[];
  readonly #familyOf = new Map<number, number>();
  readonly #judged = new Set<string>();

  /** `judged` are the pairs with a verdict of their own. */
  constructor(families: readonly Uint32Array[], judged: Iterable<readonly [number, number]>) {
    this.#families = families;
    for (const [number, members] of families.entries()) {
      for (const id of members) this.#familyOf.set(id, number);
    }
    for (const pair of judged) this.#judged.add(this.keyOf(...pair));
  }

  /** A name that all pairs between the families of the two pictures have in common. */
  keyOf(first: number, second: number): string {
    const [one, other] = [this.#nameOf(first), this.#nameOf(second)];
    return one < other ? `${one} ${other}` : `${other} ${one}`;
  }

  /** Whether a pair between the families of the two pictures was judged: the others wait no longer. */
  isJudged(first: number, second: number): boolean {
    return this.#judged.has(this.keyOf(first, second));
  }

  /** Every other pair between the families of the two pictures. */
  *alike(first: number, second: number): Generator<readonly [number, number]> {
    const [one, other] = [this.#membersOf(first), this.#membersOf(second)];
    const isWithin = this.#nameOf(first) === this.#nameOf(second);
    for (const [index, a] of one.entries()) {
      for (const b of isWithin ? one.slice(index + 1) : other) {
        const isGiven = (a === first && b === second) || (a === second && b === first);
        if (!isGiven) yield [a, b];
      }
    }
  }

  #nameOf(id: number): string {
    const family = this.#familyOf.get(id);
    return family === undefined ? `${id}` : `family ${family}`;
  }

  #membersOf(id: number): readonly number[] {
    const family = this.#families[this.#familyOf.get(id) ?? -1];
    return family === undefined ? [id] : [...family];
  }
}

/**
 * The families of a run by the usual rule for near-duplicates; every picture is one by itself where its
 * neighbours are not known.
 */
export async function pairFamilies(
  embeddings: RunEmbeddings,
  samples: Pick<SampleColumns, 'hashes' | 'ids'>,
  verdicts: readonly PairVerdict[],
): Promise<PairFamilies> {
  const neighbours = await knownNeighbours(embeddings, mutualNeighbourCount);
  const groups =
    neighbours === null ? [] : nearDuplicateRows(neighbours, usualNearThreshold).groups;
  const idOf = new Map(samples.hashes.map((hash, index) => [hash, samples.ids[index] ?? -1]));
  return new PairFamilies(
    groups.map(({ pictures }) => pictures.map((row) => embeddings.ids[row] ?? -1)),
    verdicts.map(({ hashA, hashB }) => [idOf.get(hashA) ?? -1, idOf.get(hashB) ?? -1] as const),
  );
}
