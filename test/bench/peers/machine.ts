import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, cpus, loadavg, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

/** What the figures of a benchmark depend on beside the program. */
export const machine = z.object({
  cpu: z.string(),
  /** Null where the system does not say it. */
  cores: z.number().nullable(),
  threads: z.number(),
  memoryGigabytes: z.number(),
  platform: z.string(),
  node: z.string(),
  onnxRuntime: z.string(),
  /** How many processes wanted to run in the last minute, when it began; null where the system does not say it. */
  loadAtStart: z.number().nullable(),
});
export type Machine = z.infer<typeof machine>;

/** This machine, now. */
export function thisMachine(): Machine {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: physicalCores(),
    threads: availableParallelism(),
    memoryGigabytes: Math.round(totalmem() / 2 ** 30),
    platform: `${process.platform} ${release()} ${process.arch}`,
    node: process.versions.node,
    onnxRuntime: onnxRuntimeVersion(),
    loadAtStart: process.platform === 'win32' ? null : round(loadavg()[0] ?? 0),
  };
}

/** The machine in one line. */
export function machineLine(given: Machine): string {
  const cores = given.cores === null ? '' : `${given.cores} cores, `;
  const load = given.loadAtStart === null ? '' : `, load ${given.loadAtStart} at the start`;
  return `${given.cpu}, ${cores}${given.threads} threads, ${given.memoryGigabytes} GB, ${given.platform}, Node ${given.node}, ONNX Runtime ${given.onnxRuntime}${load}`;
}

/** Whether other work kept more than half of the machine busy, so that its figures say little. */
export function wasBusy({ loadAtStart, threads }: Machine): boolean {
  return loadAtStart !== null && loadAtStart > threads / 2;
}

/** What differs between two machines, in words; the load does not count. */
export function machineDifferences(before: Machine, now: Machine): string[] {
  const names = Object.keys(machine.shape) as (keyof Machine)[];
  return names
    .filter((name) => name !== 'loadAtStart' && before[name] !== now[name])
    .map((name) => `${name} ${String(before[name])} → ${String(now[name])}`);
}

function onnxRuntimeVersion(): string {
  const mainFile = createRequire(import.meta.url).resolve('onnxruntime-node');
  const text = readFileSync(join(mainFile, '../../package.json'), 'utf8');
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}

/** Counts the pairs of socket and core that Linux lists. */
function physicalCores(): number | null {
  try {
    const text = readFileSync('/proc/cpuinfo', 'utf8');
    const cores = text.split('\n\n').flatMap((entry) => {
      const core = /^core id\s*: (\d+)/m.exec(entry)?.[1];
      const socket = /^physical id\s*: (\d+)/m.exec(entry)?.[1];
      return core === undefined ? [] : [`${socket ?? ''}.${core}`];
    });
    return cores.length === 0 ? null : new Set(cores).size;
  } catch {
    return null;
  }
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
