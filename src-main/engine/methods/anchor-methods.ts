import type { ComparedRun } from '../../contract/comparison.ts';
import { EngineError } from '../../contract/errors/errors.ts';
import type { MethodCheckedInput } from '../../contract/methods.ts';
import type { AnchorPicture, Explanation } from '../../contract/negatives.ts';
import type { RunReference } from '../../contract/runs.ts';
import type { RunEmbeddings } from '../neighbours/embedding-cache.ts';
import { CandidateCache } from '../explain/candidate-cache.ts';
import { comparedSpace } from '../explain/compared-space.ts';
import type { ComparedSpace } from '../explain/compared-space.ts';
import { findCompared } from '../comparison/compared-weights.ts';
import {
  drawnBatch,
  explainCandidates,
  explanationSettings,
} from '../explain/explain-run-anchor.ts';
import type { AnchorColumns } from '../explain/explain-run-anchor.ts';
import { generatedOfAnchor } from '../explain/generated-negatives.ts';
import { GeneratorCache } from '../explain/run-generator.ts';
import { explainStep } from '../explain/explain-step.ts';
import { maskedNote } from '../explain/known-pair-notes.ts';
import { lossNotes, noStepNote } from '../explain/loss-notes.ts';
import type { Calibration } from '../explain/suspicion/calibration.ts';
import { findAnchor } from '../pictures/anchor-lookup.ts';
import { neighboursOfOne } from '../neighbours/exact-neighbours.ts';
import type { LibrarySession } from '../session/library-session.ts';
import type { OpenLibraries } from '../session/open-libraries.ts';
import { readAnchorLedger } from '../explain/read-anchor-ledger.ts';
import { lossStepOf } from '../store/loss-steps.ts';
import { findRun } from '../store/runs.ts';
import type { Run } from '../store/runs.ts';
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
  const generators = new GeneratorCache();
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
    'anchor.negatives': async ({ run, epoch, anchor: reference, awaitCalibration, ...asked }) => {
      const session = libraries.opened();
      const found = await find(run, reference, epoch);
      const known = findRun(session.library, run);
      const projected = await session.embeddings.projected(found.embeddings);
      const { library } = session;
      const compared = comparedSpace(library, known, found.embeddings, projected, asked.space);
      const { calibrations } = session;
      const counted = [library, found.embeddings, session.samples(), compared.rows] as const;
      const calibration: AnchorOfRun['calibration'] =
        awaitCalibration === false
          ? ((await calibrations.ofRanked(...counted)) ?? 'pending')
          : await calibrations.of(...counted);
      const anchorOfRun = { ...found, run: known, compared, epoch, calibration };
      const { anchor } = found;
      const spaces = [...compared.spaces];
      const explained =
        explainedStep(session, anchorOfRun, asked) ??
        explainedPictures(session, candidateCache, anchorOfRun, asked);
      return { anchor, spaces, ...explained };
    },
    'anchor.generated': async ({ run, epoch, anchor: reference, count, seed }) => {
      const { library, embeddings: cache } = libraries.opened();
      const { anchor, row, embeddings } = await find(run, reference, epoch);
      const rows = (await cache.projected(embeddings)) ?? embeddings;
      const known = findRun(library, run);
      const generator = generators.of(library, known, embeddings.weightsHash, rows.dimensions);
      const made = await generatedOfAnchor(
        generator,
        { rows, row, ids: embeddings.ids },
        { count, seed },
      );
      return { anchor, perPicture: generator.perPicture, ...made };
    },
    'anchor.ledger': ({ run, anchor, epoch }) => {
      const { library } = libraries.opened();
      const picture = findAnchor(library, anchor, workingFolder);
      return readAnchorLedger(library, findRun(library, run), picture, epoch);
    },
  };
}

/** An anchor in a run, and the space in which it is explained. */
interface AnchorOfRun extends EmbeddedAnchor {
  readonly run: Run;
  readonly compared: ComparedSpace;
  readonly epoch: number | undefined;
  readonly calibration: Calibration | 'pending';
}

type Asked = Omit<
  MethodCheckedInput<'anchor.negatives'>,
  'run' | 'anchor' | 'epoch' | 'awaitCalibration'
>;
type Explained = AnchorColumns & Pick<Explanation, 'notes'>;

/** Explains an anchor by every picture, or those of a drawn batch. */
function explainedPictures(
  session: LibrarySession,
  cache: CandidateCache,
  { anchor, row, embeddings, run, compared, epoch, calibration }: AnchorOfRun,
  {
    batchSeed,
    trainedBatch = false,
    positiveSimilarity,
    posteriorAuc,
    suspectFrom,
    ...knobs
  }: Asked,
): Explained {
  const { space, rows, positiveOf } = compared;
  const settings = explanationSettings(run, knobs);
  const batch = batchSeed === undefined ? null : drawnBatch(run, batchSeed);
  const candidates = cache.of(embeddings, row, session.samples(), batch, rows);
  const verdicts = verdictsOnAnchors(session.library)(anchor.hash);
  const positive = positiveOf(anchor.id);
  const notes = lossNotes(run, settings, { space, isTrainedStep: false });
  const unrecorded =
    trainedBatch && batch !== null ? noStepNote(session.library, run, { space, epoch }) : null;
  return {
    batch,
    notes: [...(unrecorded === null ? [] : [unrecorded]), ...notes],
    ...explainCandidates(embeddings, candidates, settings, verdicts, {
      ...{ space, positive, positiveSimilarity, posteriorAuc, suspectFrom, calibration },
    }),
  };
}

/** Explains an anchor by the step in which its training had it; null where it is not recorded. */
function explainedStep(
  session: LibrarySession,
  { anchor, row, embeddings, run, compared: { space, rows }, epoch, calibration }: AnchorOfRun,
  { trainedBatch = false, positiveSimilarity, posteriorAuc, suspectFrom, ...knobs }: Asked,
): Explained | null {
  if (!trainedBatch || space !== 'z') return null;
  const step = lossStepOf(session.library, run.id, anchor.id);
  if (step === null || (epoch !== undefined && epoch !== step.epoch)) return null;
  const samples = session.samples();
  const verdicts = verdictsOnAnchors(session.library)(anchor.hash);
  const of = { run, embeddings, rows, row, step, samples, verdicts };
  const assumed = { positiveSimilarity, posteriorAuc, suspectFrom, calibration };
  const { masked, ...explained } = explainStep(of, knobs, assumed);
  const settings = explanationSettings(run, knobs);
  const notes = lossNotes(run, settings, { space, isTrainedStep: true });
  return { ...explained, notes: [...notes, ...maskedNote(masked, run.settings)] };
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
