import { stat } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { EngineError } from '../../../contract/errors/errors.ts';
import type { ImportResult } from '../../../contract/imports.ts';
import type { CheckedJobInput, JobRunner } from '../../jobs/job-runner.ts';
import type { JobContext } from '../../jobs/job-context.ts';
import { deleteUnusedEmbeddings } from '../../store/embeddings.ts';
import { checkRunName, listRuns } from '../../store/runs.ts';
import { presentSampleIds } from '../../store/samples.ts';
import { findFiles } from './find-files.ts';
import type { FoundFiles } from './find-files.ts';
import { hashOfFile, importHash } from './import-hash.ts';
import type { HashedPart } from './import-hash.ts';
import { saveImportedRun } from './save-imported-run.ts';
import { ImportedVectors } from './imported-vectors.ts';
import type { EpochVectors } from './imported-vectors.ts';
import { RowMatching } from './row-matching.ts';
import { openPart } from './open-part.ts';
import { checkSpaceForVectors } from './space-for-vectors.ts';
import type { OpenPart } from './open-part.ts';
import { RowProblems } from './row-problems.ts';
import { Norms, writeRows } from './write-rows.ts';

type Input = CheckedJobInput<'import'>;

/**
 * One file of vectors after the first reading: the pictures of its rows, and the hash of its contents.
 */
interface ReadPart extends HashedPart {
  readonly file: FoundFiles['vectors'][number];
}

/** The share of the progress bar for hashing and matching; the rest is for writing. */
const readingShare = 0.3;

/**
 * Imports vectors as a run. Each file is read twice: first its names, which are matched with pictures,
 * then its vectors, a few megabytes at a time. A cancelled import leaves nothing behind.
 */
export const runImportJob: JobRunner<'import'> = async (context, input) => {
  const started = context.now();
  const { library } = context;
  const isResumed = listRuns(library).some(({ settings }) => settings['job'] === context.job);
  if (input.name !== undefined && !isResumed) checkRunName(library, input.name);
  if (presentSampleIds(library).length === 0) {
    throw new EngineError('too-few-pictures', 'This library has no pictures; scan a folder first.');
  }
  const found = await findFiles(input.files, input.epoch);
  const problems = new RowProblems();
  const matching = new RowMatching(library, problems);
  const { parts, example } = await readParts(context, input, found, matching);
  const { dimensions, mapping } = example;
  const matched = parts.reduce((sum, { rows }) => sum + rows.samples.filter(Boolean).length, 0);
  if (matched === 0 && !input.dryRun) throw nothingMatched(matching);
  await checkSpaceForVectors(library.file, matched, dimensions);
  const epochs = epochsOf(context, parts, dimensions);
  const norms = new Norms();
  try {
    await writeParts(context, input, parts, epochs, { problems, norms });
    const report = matching.report();
    const outcome = {
      ...{ dimensions, mapping, norms: norms.report() },
      matching: report,
      vectors: norms.count,
    };
    const name = input.name ?? defaultName(input.files);
    const saved = input.dryRun
      ? { run: null, name, epochs: [], ledgerAnchors: 0, remarks: [] }
      : await saveImportedRun(context, { input, found, epochs, mapping, name, rows: report.rows });
    const message = `${norms.count} vectors`;
    context.report({ progress: 1, message, ...(saved.run !== null && { run: saved.run }) });
    return { ...saved, ...outcome, seconds: (context.now() - started) / 1000 };
  } catch (error) {
    for (const { weightsHash } of epochs) deleteUnusedEmbeddings(library, weightsHash);
    throw error;
  }
};

async function readParts(
  context: JobContext,
  input: Input,
  { vectors: files, pattern }: FoundFiles,
  matching: RowMatching,
): Promise<{ parts: ReadPart[]; example: Pick<ImportResult, 'dimensions' | 'mapping'> }> {
  const sizes = await Promise.all(files.map(async ({ file }) => (await stat(file)).size));
  const total = Math.max(
    1,
    sizes.reduce((sum, size) => sum + size, 0),
  );
  let read = 0;
  const report = (message: string): void =>
    context.report({ progress: (readingShare * read) / total, message, phase: 'Reading' });
  const parts: ReadPart[] = [];
  let example: Pick<ImportResult, 'dimensions' | 'mapping'> | null = null;
  for (const file of files) {
    const part = await openPart(file, input);
    try {
      const mapping = { ...part.mapping, epoch: pattern ?? part.mapping.epoch };
      example ??= { dimensions: part.vectors.length ?? 0, mapping };
      checkDimensions(part, example.dimensions, files[0]?.file ?? '');
      const contents = await hashOfFile(file.file, async (bytes) => {
        read += bytes;
        report(`Reading ${basename(file.file)}`);
        await context.yieldToEvents();
      });
      const rows = await matching.match(part, async (done) => {
        report(`Matching pictures: row ${done}`);
        await context.yieldToEvents();
      });
      parts.push({ file, contents, vectors: part.vectors.name, rows });
    } finally {
      await part.close();
    }
  }
  if (example === null) throw new EngineError('not-found', 'There is nothing to import.');
  return { parts, example };
}

function checkDimensions({ table, vectors }: OpenPart, wanted: number, first: string): void {
  if (vectors.length === wanted) return;
  throw new EngineError(
    'bad-argument',
    `The vectors of ${basename(table.file)} have ${vectors.length ?? 0} dimensions and those of ${basename(first)} ${wanted}: one run has vectors of one length.`,
  );
}

function nothingMatched(matching: RowMatching): EngineError {
  const { rows, problems } = matching.report();
  const why = problems.map(({ count, sentence }) => `${count} ${sentence}`).join('; ');
  const example = problems[0]?.examples[0];
  const such = example ? ` The first is "${example.name}".` : '';
  return new EngineError(
    'not-found',
    `None of the ${rows} rows is of a picture in this library: ${why}.${such} Is the right folder scanned, and the right column of paths named?`,
  );
}

function epochsOf(
  { library }: JobContext,
  parts: readonly ReadPart[],
  dimensions: number,
): EpochVectors[] {
  const numbers = new Set<number | null>();
  for (const { rows } of parts) {
    if (rows.epochs === null) numbers.add(null);
    else for (const epoch of rows.epochs) if (epoch >= 0) numbers.add(epoch);
  }
  const sorted = [...numbers].sort((a, b) => (a ?? -1) - (b ?? -1));
  return sorted.map((epoch) => {
    const own = parts.filter(({ rows }) =>
      epoch === null ? rows.epochs === null : rows.epochs?.includes(epoch),
    );
    const weightsHash = importHash(own, epoch);
    const vectors = new ImportedVectors(library, weightsHash, dimensions, numbers.size);
    return { epoch, weightsHash, vectors };
  });
}

async function writeParts(
  context: JobContext,
  input: Input,
  parts: readonly ReadPart[],
  epochs: readonly EpochVectors[],
  account: { readonly problems: RowProblems; readonly norms: Norms },
): Promise<void> {
  const vectorsOfEpoch = new Map(epochs.map(({ epoch, vectors }) => [epoch, vectors]));
  const total = Math.max(
    1,
    parts.reduce((sum, { rows }) => sum + rows.samples.length, 0),
  );
  let before = 0;
  for (const { file, rows } of parts) {
    const part = await openPart(file, input);
    try {
      const sink = {
        vectorsOf: (epoch: number | null) =>
          input.dryRun ? null : (vectorsOfEpoch.get(epoch) ?? null),
        ...account,
      };
      await writeRows(part, rows, sink, async (done) => {
        const progress = readingShare + ((1 - readingShare) * (before + done)) / total;
        const doing = input.dryRun ? 'Checking' : 'Importing';
        context.report({ progress, message: `${doing} vectors: ${before + done} of ${total}` });
        await context.yieldToEvents();
      });
      before += rows.samples.length;
    } finally {
      await part.close();
    }
  }
  for (const { vectors } of epochs) vectors.flush();
}

/** The first file's name without its ending and number, or the name of the folder. */
function defaultName(files: readonly string[]): string {
  const name = basename(files[0] ?? '');
  const stem = name.slice(0, name.length - extname(name).length).replace(/[_=-]*\d+$/, '');
  return stem === '' ? 'imported' : stem;
}
