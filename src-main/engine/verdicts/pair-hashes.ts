import { EngineError } from '../../contract/errors/errors.ts';
import { findAnchor } from '../pictures/anchor-lookup.ts';
import type { Library } from '../store/library-file.ts';

/** Matches a whole content hash: SHA-256, hex. */
export const wholeHash = /^[0-9a-f]{64}$/;

/**
 * The content hashes of two pictures, each given in any form that names an anchor. A whole hash is
 * taken as it is: verdicts may be on pictures that are not in the library now.
 * @throws EngineError not-found, bad-argument if both are the same picture
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
