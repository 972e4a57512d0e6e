import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { memoryEntry, type MemoryEntry } from '../../contract/window-memory.ts';
import { replaceFile } from '../../files/replace-file.ts';

const mostEntries = 300;
const entries = z.array(memoryEntry);

/**
 * The entries that windows remember, the newest first. They are stored beside the libraries and not in
 * the browser, which stores by address: each start of the server may have another port.
 */
export function readMemory(dataFolder: string): MemoryEntry[] {
  try {
    return entries.parse(JSON.parse(readFileSync(memoryFile(dataFolder), 'utf8')));
  } catch {
    // A missing or damaged file is only inconvenient.
    return [];
  }
}

/** Stores an entry, replacing an older one with its key; makes the data folder if necessary. */
export function rememberEntry(dataFolder: string, entry: MemoryEntry): void {
  const known = readMemory(dataFolder);
  if (known.some(({ key, at }) => key === entry.key && at > entry.at)) return;
  const others = known.filter(({ key }) => key !== entry.key);
  const entriesKept = [entry, ...others].slice(0, mostEntries);
  replaceFile(memoryFile(dataFolder), JSON.stringify(entriesKept));
}

function memoryFile(dataFolder: string): string {
  return join(dataFolder, 'window-memory.json');
}
