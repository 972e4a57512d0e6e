import type { ComparedRun } from '../../contract/comparison.ts';
import { EngineError } from '../../contract/errors/errors.ts';
import type { AnchorPicture } from '../../contract/negatives.ts';
import type { RunReference } from '../../contract/runs.ts';
import type { RunEmbeddings } from '../neighbours/embedding-cache.ts';
import { CandidateCache } from '../explain/anchor-candidates.ts';
import { findCompared } from '../comparison/compared-weights.ts';
import {
  drawnBatch,
  explainCandidates,
  explanationSettings,
} from '../explain/explain-run-anchor.ts';
import { findAnchor } from '../pictures/anchor-lookup.ts';
import { neighboursOfOne } from '../neighbours/exact-neighbours.ts';
import type { LibrarySession } from '../session/library-session.ts';
import type { OpenLibraries } from '../session/open-libraries.ts';
import { readAnchorLedger } from '../explain/read-anchor-ledger.ts';
import { findRun } from '../store/runs.ts';
import { verdictsOnAnchors } from '../verdicts/library-verdicts.ts';
import type { MethodsOf } from './method-handlers.ts';

interface EmbeddedAnchor {
  readonly anchor: AnchorPicture;
  readonly row: number;
  readonly embeddings: RunEmbeddings;
}

/** Answers the methods on anchors: neighbours, explanations and ledgers. */
export function anchorMethods(
  libraries: OpenLibraries,
  workingFolder: string,
): MethodsOf<'anchor'> {
  const find = (run: RunReference, reference: string, epoch?: number): Promise<EmbeddedAnchor> =>
    embeddedAnchor(libraries.opened(), { run, epoch }, reference, workingFolder);
  const candidateCache = new CandidateCache();
  return {
    'anchor.find': ({ anchor }) => findAnchor(libraries.opened().library, anchor, workingFolder),
    'anchor.neighbours': async ({ run, epoch, anchor: reference, k }) => {
      const { anchor, row, embeddings } = await find(run, reference, epoch);
      const possible = Math.min(k, embeddings.count - 1);
      if (possible < 1) {
        return { anchor, ids: new Uint32Array(0), similarities: new Float32Array(0) };
      }
      const { rows, similarities } = neighboursOfOne({ ...embeddings, row, k: possible });
      const ids = Uint32Array.from(rows, (other) => embeddings.ids[other] ?? 0);
      return { anchor, ids, similarities: new Float32Array(similarities) };
    },
    'anchor.negatives': async ({ run, epoch, anchor: reference, batchSeed, ...rest }) => {
      const { positiveSimilarity, posteriorAuc, suspectFrom, ...knobs } = rest;
      const session = libraries.opened();
      const { anchor, row, embeddings } = await find(run, reference, epoch);
      const known = findRun(session.library, run);
      const settings = explanationSettings(known, knobs);
      const batch = batchSeed === undefined ? null : drawnBatch(known, batchSeed);
      const candidates = candidateCache.of(embeddings, row, session.samples(), batch);
      const verdicts = verdictsOnAnchors(session.library)(anchor.hash);
      const calibration = await session.calibrations.of(
        session.library,
        embeddings,
        session.samples(),
      );
      const assumptions = { positiveSimilarity, posteriorAuc, suspectFrom, calibration };
      return {
        anchor,
        batch,
        ...explainCandidates(embeddings, candidates, settings, verdicts, assumptions),
      };
    },
    'anchor.ledger': ({ run, anchor, epoch }) => {
      const { library } = libraries.opened();
      const picture = findAnchor(library, anchor, workingFolder);
      return readAnchorLedger(library, findRun(library, run), picture, epoch);
    },
  };
}

/**
 * The embeddings and the row of an anchor.
 * @throws EngineError not-found when there is no such run or picture, or the run did not embed it
 */
async function embeddedAnchor(
  session: LibrarySession,
  compared: ComparedRun,
  reference: string,
  workingFolder: string,
): Promise<EmbeddedAnchor> {
  const { name, weightsHash } = findCompared(session.library, compared);
  const embeddings = await session.embeddings.ofWeights(name, weightsHash);
  const anchor = findAnchor(session.library, reference, workingFolder);
  const row = embeddings.rowOfId.get(anchor.id);
  if (row === undefined) {
    throw new EngineError(
      'not-found',
      `"${anchor.path}" is not embedded by this run yet: embed the pictures with it again.`,
    );
  }
  return { anchor, row, embeddings };
}
