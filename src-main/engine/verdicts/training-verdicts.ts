import type { Library } from '../store/library-file.ts';
import { presentSamples, sampleIdByHash } from '../store/samples.ts';
import { listVerdicts } from '../store/verdicts.ts';
import { drawHeldOut } from './held-out.ts';
import type { HoldOut } from './held-out.ts';
import { judgedSamples } from './library-verdicts.ts';

/** The verdicts of a training, as sample ids; pairs one after the other, [2 · pairs]. */
export interface TrainingVerdicts {
  /** What is fed: the number of each picture's group, -1 for none, [pictures], and the pairs. */
  readonly groups: Int32Array;
  readonly pairs: Uint32Array;
  readonly different: Uint32Array;
  /** What is held out, in the same form. */
  readonly heldOutGroups: Int32Array;
  readonly heldOutPairs: Uint32Array;
  readonly heldOutDifferent: Uint32Array;
}

/**
 * The verdicts among the pictures `sampleIds`, divided into those that a training is fed and those that
 * it holds out.
 * @throws EngineError bad-argument, naming the pictures, if verdicts contradict what is passed on
 */
export function trainingVerdicts(
  library: Library,
  sampleIds: Uint32Array,
  holdOut: HoldOut,
): TrainingVerdicts {
  const { ids, hashes } = presentSamples(library);
  const trained = new Set(sampleIds);
  const isTrained = new Set(hashes.filter((_, index) => trained.has(ids[index] ?? -1)));
  const verdicts = listVerdicts(library);
  const heldOut = drawHeldOut(verdicts, holdOut, (hash) => isTrained.has(hash));
  const fed = judgedSamples(library, sampleIds, heldOut.holds);
  const held = judgedSamples(library, sampleIds, (hash) => !heldOut.holds(hash));
  const differentPairs = (isHeld: boolean): Uint32Array =>
    Uint32Array.from(
      verdicts
        .filter((one) => one.verdict === 'different' && heldOut.holdsVerdict(one) === isHeld)
        .map(({ hashA, hashB }) => [hashA, hashB].map((one) => sampleIdByHash(library, one) ?? -1))
        .filter((pair) => pair.every((id) => trained.has(id)))
        .flat(),
    );
  return {
    ...fed,
    different: differentPairs(false),
    heldOutGroups: held.groups,
    heldOutPairs: held.pairs,
    heldOutDifferent: differentPairs(true),
  };
}
