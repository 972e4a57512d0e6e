import type { ComparedRun } from '../../contract/comparison.ts';
import { EngineError } from '../../contract/errors/errors.ts';
import type { AnchorPicture } from '../../contract/negatives.ts';
import type { RunReference } from '../../contract/runs.ts';
import type { RunEmbeddings } from '../neighbours/embedding-cache.ts';
import { CandidateCache } from '../explain/anchor-candidates.ts';
import { comparedSpace } from '../explain/compared-space.ts';
import { findCompared } from '../comparison/compared-weights.ts';
import {
  drawnBatch,
  explainCandidates,
  explanationSettings,
} from '../explain/explain-run-anchor.ts';
import { lossNotes } from '../explain/loss-notes.ts';
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
      const { positiveSimilarity, posteriorAuc, space: wanted, ...knobs } = rest;
      const session = libraries.opened();
      const { library } = session;
      const { anchor, row, embeddings } = await find(run, reference, epoch);
      const known = findRun(library, run);
      const projected = await session.embeddings.projected(embeddings);
      const { space, spaces, rows, positiveOf } = comparedSpace(
        library,
        embeddings,
        projected,
        wanted,
      );
      const settings = explanationSettings(known, knobs);
      const batch = batchSeed === undefined ? null : drawnBatch(known, batchSeed);
      const candidates = candidateCache.of(embeddings, row, session.samples(), batch, rows);
      const verdicts = verdictsOnAnchors(library)(anchor.hash);
      const positive = positiveOf(anchor.id);
      const assumptions = { space, positive, positiveSimilarity, posteriorAuc };
      return {
        anchor,
        batch,
        spaces: [...spaces],
        notes: lossNotes(known, settings, { space, isTrainedStep: false }),
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
