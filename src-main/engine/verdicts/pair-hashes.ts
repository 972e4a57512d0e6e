import { EngineError } from '../../contract/errors.ts';
import { findAnchor } from '../pictures/anchor-lookup.ts';
import type { Library } from '../store/library-file.ts';

export const wholeHash = /^[0-9a-f]{64}$/;

/**
 * The content hashes of two pictures that are named as an anchor is. A whole hash stands for itself: a
 * verdict is on contents, which need not be in the library at the moment.
 * @throws EngineError not-found, bad-argument when it is no pair of different pictures
 */
export function hashesOfPair(
  library: Library,
  pair: readonly [string, string],
  workingFolder: string,
): [string, string] {
  const hashOf = (reference: string): string =>
    wholeHash.test(reference) ? reference : findAnchor(library, reference, workingFolder).hash;
  const [first, second] = [hashOf(pair[0]), hashOf(pair[1])];
  if (first !== second) return [first, second];
  throw new EngineError(
    'bad-argument',
    `A verdict is on two different pictures; both of these are "${pair[0]}".`,
  );
}
