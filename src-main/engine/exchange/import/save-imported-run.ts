import { labelRelation } from '../../../contract/label-relation.ts';
import { noLabel } from '../../../contract/label-sets.ts';
import { basename } from 'node:path';
import type { ImportMapping, ImportResult } from '../../../contract/imports.ts';
import type { CheckedJobInput } from '../../jobs/job-runner.ts';
import type { JobContext } from '../../jobs/job-context.ts';
import { saveCheckpoint } from '../../store/checkpoints.ts';
import { saveHistory } from '../../store/history.ts';
import { saveLedger } from '../../store/ledger.ts';
import { createRun, freeRunName, listRuns, updateRun } from '../../store/runs.ts';
import type { Run } from '../../store/runs.ts';
import { labelNumbers, presentSamples } from '../../store/samples.ts';
import type { FoundFiles } from './find-files.ts';
import type { EpochVectors } from './imported-vectors.ts';
import { PictureMatcher } from '../../store/picture-matcher.ts';
import { readRecordedNegatives } from './recorded-negatives.ts';

interface ImportedRun {
  readonly input: CheckedJobInput<'import'>;
  readonly found: FoundFiles;
  readonly epochs: readonly EpochVectors[];
  readonly mapping: ImportMapping;
  readonly name: string;
  /** How many rows the files have. */
  readonly rows: number;
}

type SavedRun = Pick<ImportResult, 'run' | 'name' | 'epochs' | 'ledgerAnchors' | 'remarks'>;

/** Creates the run of imported vectors, with its epochs and its ledger. */
export async function saveImportedRun(
  context: JobContext,
  imported: ImportedRun,
): Promise<SavedRun> {
  const { library } = context;
  const { found } = imported;
  const epochs = imported.epochs.filter(({ vectors }) => vectors.count > 0);
  const remarks = imported.epochs
    .filter(({ vectors }) => vectors.count === 0)
    .map(({ epoch }) => `Epoch ${epoch ?? ''} of the files was left out: no row of it is left.`);
  // Epochs count from 1 here; many trainings count them from 0.
  const shift = epochs[0]?.epoch === 0 ? 1 : 0;
  if (shift > 0) remarks.push('Epochs count from 1 here: what the files call epoch 0 is epoch 1.');
  const run = runOfJob(context, imported);
  const numbered = epochs.flatMap(({ epoch, ...rest }) =>
    epoch === null ? [] : [{ epoch: epoch + shift, ...rest }],
  );
  for (const { epoch, weightsHash } of numbered) {
    const weights = new Uint8Array(0);
    saveCheckpoint(library, { runId: run.id, epoch, weightsHash, weights, training: null });
  }
  const known = new Set(numbered.map(({ epoch }) => epoch));
  const ledger = await saveRecordedLedger(context, run, {
    files: found.negatives,
    shift,
    known,
    remarks,
  });
  updateRun(library, run.id, {
    weightsHash: epochs.at(-1)?.weightsHash ?? null,
    epochs: numbered.at(-1)?.epoch ?? 0,
    ...(ledger.loss !== null && { loss: ledger.loss }),
  });
  return {
    run: run.id,
    name: run.name,
    epochs: numbered.map(({ epoch, vectors }) => ({ epoch, vectors: vectors.count })),
    ledgerAnchors: ledger.anchors,
    remarks,
  };
}

/** Creates the run, or returns the one that this job created before it was killed. */
function runOfJob(
  { library, job }: JobContext,
  { input, found, mapping, name, rows }: ImportedRun,
): Run {
  const known = listRuns(library).find(({ settings }) => settings['job'] === job);
  if (known) return known;
  return createRun(library, {
    name: input.name ?? freeRunName(library, name),
    kind: 'imported',
    encoder: 'imported',
    objective: null,
    settings: {
      files: found.vectors.map(({ file }) => basename(file)),
      ...Object.fromEntries(Object.entries(mapping).filter(([, column]) => column !== null)),
      rows,
      job,
    },
    state: 'done',
  });
}

interface LedgerFiles {
  readonly files: FoundFiles['negatives'];
  readonly shift: number;
  /** The epochs that have vectors. */
  readonly known: ReadonlySet<number>;
  readonly remarks: string[];
}

async function saveRecordedLedger(
  context: JobContext,
  run: Run,
  { files, shift, known, remarks }: LedgerFiles,
): Promise<{ anchors: number; loss: number | null }> {
  const { library } = context;
  const totals = { anchors: 0, loss: null as number | null };
  if (files.length === 0) return totals;
  const matcher = new PictureMatcher(library);
  const idOf = (name: string): number => {
    const match = matcher.match(null, name);
    return 'id' in match ? match.id : 0;
  };
  const samples = presentSamples(library);
  const numbers = labelNumbers(samples);
  const numberOf = (id: number): number => numbers.get(id) ?? noLabel;
  const haveSameLabel = (one: number, other: number): boolean =>
    labelRelation(numberOf(one), numberOf(other), samples.labelMembers) === 'same';
  for (const { file, epoch: fileEpoch } of files) {
    const epoch = fileEpoch + shift;
    if (!known.has(epoch)) {
      remarks.push(`${basename(file)} was left out: there are no vectors of its epoch.`);
      continue;
    }
    context.report({ progress: 1, message: `Reading ${basename(file)}`, run: run.id });
    const { anchors, steps } = await readRecordedNegatives(file, idOf, haveSameLabel);
    saveLedger(library, run.id, epoch, anchors);
    saveHistory(
      library,
      run.id,
      steps.map(({ step, loss }, index) => ({
        step,
        epoch: epoch - 1 + (index + 1) / steps.length,
        ...{ loss, clampRate: 0, seconds: 0 },
      })),
    );
    totals.anchors += anchors.length;
    totals.loss = steps.reduce((sum, { loss }) => sum + loss, 0) / Math.max(1, steps.length);
    await context.yieldToEvents();
  }
  return totals;
}
