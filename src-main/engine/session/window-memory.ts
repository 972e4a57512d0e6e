import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { memoryEntry, type MemoryEntry } from '../../contract/window-memory.ts';

const kept = 300;
const entries = z.array(memoryEntry);

/**
 * What windows are to find again, newest first. It lies beside the libraries and not in the browser:
 * a browser keeps things by address, and each start of the server may have another port.
 */
export function readMemory(dataFolder: string): MemoryEntry[] {
  try {
    return entries.parse(JSON.parse(readFileSync(memoryFile(dataFolder), 'utf8')));
  } catch {
    // Only a convenience is lost with a missing or damaged file.
    return [];
  }
}

/** Keeps an entry in place of an older one of its key, making the data folder if need be. */
export function keepInMemory(dataFolder: string, entry: MemoryEntry): void {
  const known = readMemory(dataFolder);
  if (known.some(({ key, at }) => key === entry.key && at > entry.at)) return;
  const others = known.filter(({ key }) => key !== entry.key);
  mkdirSync(dataFolder, { recursive: true });
  // A rename replaces the file at once: whoever reads it finds the old one or the new one.
  const draft = `${memoryFile(dataFolder)}.${process.pid}.tmp`;
  writeFileSync(draft, JSON.stringify([entry, ...others].slice(0, kept)));
  renameSync(draft, memoryFile(dataFolder));
}

function memoryFile(dataFolder: string): string {
  return join(dataFolder, 'window-memory.json');
}
