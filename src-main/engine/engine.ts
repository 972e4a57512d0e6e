import { checkInput } from '../contract/check-input.ts';
import type { EngineClient, SharedEngine } from '../contract/client.ts';
import type { MethodInput, MethodName, MethodOutput } from '../contract/methods.ts';
import { toErrorReport } from '../contract/errors/errors.ts';
import { EngineEvents } from './session/engine-events.ts';
import { anchorMethods } from './methods/anchor-methods.ts';
import { augmentMethods } from './methods/augment-methods.ts';
import { backupMethods } from './methods/backup-methods.ts';
import { comparisonMethods } from './methods/comparison-methods.ts';
import { scoreMethods } from './methods/score-methods.ts';
import { deviceMethods } from './methods/device-methods.ts';
import { exportMethods } from './methods/export-methods.ts';
import { encoderMethods } from './methods/encoder-methods.ts';
import { folderMethods } from './methods/folder-methods.ts';
import { headMethods } from './methods/head-methods.ts';
import { tuningMethods } from './methods/tuning-methods.ts';
import { importMethods } from './methods/import-methods.ts';
import { jobMethods } from './methods/job-methods.ts';
import { labelMethods } from './methods/label-methods.ts';
import { libraryMethods } from './methods/library-methods.ts';
import type { MethodHandlers } from './methods/method-handlers.ts';
import { pictureMethods } from './methods/picture-methods.ts';
import { runMethods } from './methods/run-methods.ts';
import { searchMethods } from './methods/search-methods.ts';
import { verdictMethods } from './methods/verdict-methods.ts';
import { windowMethods } from './methods/window-methods.ts';
import { OpenLibraries } from './session/open-libraries.ts';
import { TextTowerThread } from './text-search/text-tower-thread.ts';

export interface EngineOptions {
  /** Where libraries lie that belong to a folder of pictures, and the list of recent ones. */
  readonly dataFolder: string;
  /** Where the libraries of new folders are made; null, the default, for the data folder. */
  readonly libraryFolder?: string | null;
  /** Where the starter encoder's files are. */
  readonly modelFolder: string;
  /** What relative paths of pictures begin at, beside the scanned folders. */
  readonly workingFolder: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** False only reads libraries, beside the process that holds them: no jobs. Default true. */
  readonly isWriter?: boolean;
  /** Whether opening a library goes on with jobs that were interrupted. Default true. */
  readonly resumesJobs?: boolean;
  /** Whether a run gets its map as soon as it is embedded, as people who look at it want. Default false. */
  readonly mapsEmbeddings?: boolean;
  /** Whether a library that was made and nothing came into is deleted again. Default false. */
  readonly leavesNoEmpty?: boolean;
}

export interface Engine extends SharedEngine {
  /** Tells every client of a failure that no call was about. */
  tellFault(error: unknown): void;
  /** Stops the jobs, which are resumed at the next start, and closes the library. */
  close(): Promise<void>;
}

/** Builds the engine: the one place where its parts are put together. */
export function createEngine(options: EngineOptions): Engine {
  const events = new EngineEvents();
  const libraries = new OpenLibraries({
    ...{
      libraryFolder: null,
      isWriter: true,
      resumesJobs: true,
      mapsEmbeddings: false,
      leavesNoEmpty: false,
    },
    ...options,
    events,
  });
  const towers = new TextTowerThread();
  const handlersFrom = (workingFolder: string): MethodHandlers => ({
    ...libraryMethods(libraries),
    ...backupMethods(libraries),
    ...labelMethods(libraries, events),
    ...folderMethods(),
    ...pictureMethods(libraries, events),
    ...jobMethods(libraries, options.modelFolder),
    ...headMethods(libraries, options.modelFolder),
    ...tuningMethods(libraries, options.modelFolder),
    ...runMethods(libraries, events),
    ...anchorMethods(libraries, workingFolder),
    ...augmentMethods(libraries, workingFolder),
    ...verdictMethods(libraries, events, workingFolder),
    ...exportMethods(libraries, options.modelFolder),
    ...encoderMethods(libraries, workingFolder),
    ...comparisonMethods(libraries),
    ...scoreMethods(libraries, events),
    ...importMethods(libraries),
    ...searchMethods(libraries, towers),
    ...deviceMethods(options.modelFolder),
    ...windowMethods(libraries),
  });
  const clientFrom = (workingFolder: string): EngineClient => {
    const handlers = handlersFrom(workingFolder);
    return {
      async call<M extends MethodName>(method: M, input: MethodInput<M>): Promise<MethodOutput<M>> {
        const checked = checkInput(method, input);
        return await handlers[method](checked);
      },
      on: (event, listener) => events.on(event, listener),
    };
  };
  return {
    ...clientFrom(options.workingFolder),
    from: clientFrom,
    tellFault: (error) => events.emit('fault', toErrorReport(error)),
    close: async () => {
      await towers.close();
      await libraries.close();
    },
  };
}
