import { defaultPassOn, passOn as passOnSchema } from '../../contract/pass-on.ts';
import type { PassOn, PassOnChoice } from '../../contract/pass-on.ts';
import type { Library } from './library-file.ts';
import { readMeta, writeMeta } from './meta.ts';

const key = 'verdicts.passOn';

/** How the verdicts of a library pass on, and whether a person chose it. */
export function libraryPassOn(library: Library): PassOnChoice {
  const stored = readMeta(library, key);
  return stored === null
    ? { passOn: defaultPassOn, isChosen: false }
    : { passOn: passOnSchema.parse(stored), isChosen: true };
}

/** Records how verdicts pass on from now on. */
export function savePassOn(library: Library, passOn: PassOn): void {
  writeMeta(library, key, passOn);
}
