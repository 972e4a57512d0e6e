import { execFile } from 'node:child_process';
import { arch, availableParallelism, cpus, release, totalmem } from 'node:os';
import { promisify } from 'node:util';
import type { EngineClient } from '../../contract/client.ts';
import type { LibraryStatus } from '../../contract/library.ts';
import { migrations } from '../../engine/store/migrate.ts';
import { inTime, patienceMs } from './in-time.ts';

/** What this app is made of, and how much is in it. Unknown facts are null. */
export interface AppFacts {
  readonly version: string;
  readonly electron: string;
  readonly chromium: string;
  /** Of the Node that the engine runs on; null where the engine is on another machine. */
  readonly engineNode: string | null;
  readonly isEngineRemote: boolean;
  readonly system: string;
  readonly machine: string;
  /** What the engine computes on, with why. */
  readonly device: string | null;
  /** The version of the libraries' format that this app writes. */
  readonly libraryFormat: number;
  /** How much is in the open library; null where none is open. */
  readonly counts: string | null;
}

interface FactSources {
  readonly version: string;
  /** The program of the Node that the engine runs on; null for a remote engine. */
  readonly nodeProgram: string | null;
  /** Null where it cannot be reached. */
  readonly engine: EngineClient | null;
  /** What is in the open library; null where none is open. */
  readonly library: LibraryStatus | null;
}

/** Gathers the facts from this process, the engine and the system. */
export async function appFacts(sources: FactSources): Promise<AppFacts> {
  const { version, nodeProgram, engine, library } = sources;
  const [engineNode, device, counts] = await Promise.all([
    nodeProgram === null ? null : inTime(nodeVersion(nodeProgram)),
    engine === null ? null : inTime(chosenDevice(engine)),
    engine === null || library === null ? null : inTime(countsOf(engine, library)),
  ]);
  return {
    ...{ version, engineNode, device, counts },
    electron: process.versions.electron,
    chromium: process.versions.chrome,
    isEngineRemote: nodeProgram === null,
    system: `${process.platform} ${release()} ${arch()}`,
    machine: `${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GiB`,
    libraryFormat: migrations.length,
  };
}

async function nodeVersion(program: string): Promise<string> {
  const { stdout } = await promisify(execFile)(program, ['--version'], { timeout: patienceMs });
  return stdout.trim();
}

async function chosenDevice(engine: EngineClient): Promise<string | null> {
  const chosen = (await engine.call('devices.list', {})).find((device) => device.chosen);
  return chosen === undefined ? null : `${chosen.name}: ${chosen.reason}`;
}

async function countsOf(engine: EngineClient, library: LibraryStatus): Promise<string> {
  const { images, files, labels, folders, skipped } = library;
  const [runs, verdicts] = await Promise.all([
    engine.call('runs.list', {}),
    engine.call('verdicts.list', {}),
  ]);
  return `${images} pictures, ${files} files, ${skipped} skipped, ${labels.length} labels, ${folders.length} folders, ${runs.length} runs, ${verdicts.length} verdicts`;
}
