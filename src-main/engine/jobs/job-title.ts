import { basename, isAbsolute } from 'node:path';
import { EngineError } from '../../contract/errors/errors.ts';
import type { JobKind } from '../../contract/jobs.ts';
import { readyEncoders } from '../../contract/runs.ts';
import type { RunReference } from '../../contract/runs.ts';
import type { Library } from '../store/library-file.ts';
import { encoderByName } from '../store/encoders.ts';
import { findDeletedRun, findRun } from '../store/runs.ts';
import type { CheckedJobInput } from './job-runner.ts';

const titles: { readonly [K in JobKind]: (input: CheckedJobInput<K>, library: Library) => string } =
  {
    scan: ({ folder }) => `Scan ${basename(folder)}`,
    decodeAgain: ({ background }) =>
      background === undefined ? 'Align enlarged pictures' : `Lay pictures on ${background}`,
    train: ({ name, encoder, on, objective }, library) =>
      `Train ${name ?? `${encoder}${on === undefined ? '' : ` on ${nameOf(library, on)}`}, ${objective}`}`,
    addEncoder: ({ path, name }) => `Add the encoder ${name ?? basename(path)}`,
    embed: ({ encoder }, library) => `Embed with ${nameOf(library, encoder)}`,
    map: ({ run }, library) => `Map of ${nameOf(library, run)}`,
    evaluate: ({ run }, library) => `Evaluate ${nameOf(library, run)}`,
    positives: ({ run }, library) => `Measure the positives of ${nameOf(library, run)}`,
    pay: ({ run }, library) => `Did ${nameOf(library, run)} pay?`,
    neighbours: ({ run }, library) => `Neighbours in ${nameOf(library, run)}`,
    exportEncoder: ({ run }, library) => `Export the encoder of ${nameOf(library, run)}`,
    exportProjector: ({ run }, library) => `Export ${nameOf(library, run)} for the projector`,
    exportAtlas: ({ run }, library) => `Export ${nameOf(library, run)} for Embedding Atlas`,
    mine: ({ run }, library) => `Mine negatives of ${nameOf(library, run)}`,
    export: ({ what, run }, library) =>
      run === undefined ? `Export ${what}` : `Export ${what} of ${nameOf(library, run)}`,
    compare: ({ runs }, library) =>
      `Compare ${runs.map(({ run }) => nameOf(library, run)).join(' and ')}`,
    purge: ({ runs }, library) =>
      runs === undefined
        ? 'Delete the deleted runs for good'
        : `Delete ${runs.map((run) => nameOf(library, run)).join(', ')} for good`,
    copyLibrary: ({ file }) => `Copy the library to ${basename(file)}`,
    import: ({ files, dryRun }) => `${dryRun ? 'Check' : 'Import'} ${basename(files[0] ?? '')}`,
  };

/** The title of a job in a few words. */
export function jobTitle(library: Library, kind: JobKind, input: unknown): string {
  return titles[kind](input as never, library);
}

function nameOf(library: Library, reference: RunReference): string {
  const ready = readyEncoders[reference];
  if (ready !== undefined) return ready;
  if (typeof reference === 'string' && isAbsolute(reference)) return basename(reference);
  const loaded = encoderByName(library, String(reference));
  if (loaded !== null) return loaded.name;
  try {
    return (findDeletedRun(library, reference) ?? findRun(library, reference)).name;
  } catch (error) {
    // The run of an old job may have been deleted since.
    if (error instanceof EngineError && error.code === 'not-found') return String(reference);
    throw error;
  }
}
