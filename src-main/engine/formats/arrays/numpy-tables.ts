import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { openPromise } from 'yauzl';
import type { Entry, ZipFile } from 'yauzl';
import { EngineError } from '../../../contract/errors/errors.ts';
import type { ImportTable } from '../tables/import-table.ts';
import { arrayTable } from './array-table.ts';
import type { StoredArray } from './array-table.ts';
import { filePieces, truncated } from '../tables/byte-pieces.ts';
import { longestNumpyHeader, readNumpyHeader, valueCount } from './numpy-header.ts';
import type { NumpyHeader } from './numpy-header.ts';

/** The name of the only column of a .npy file. */
const npyColumn = 'array';

/**
 * Opens a .npy array of numbers or text.
 * @throws EngineError bad-argument where the file is not a complete one
 */
export async function openNpy(file: string): Promise<ImportTable> {
  const name = basename(file);
  const { size } = await stat(file);
  const header = readNumpyHeader(await firstBytes(file), name);
  const end = header.dataStart + valueCount(header.shape) * header.itemBytes;
  if (size < end) throw truncated(name);
  const array = {
    ...storedArray(npyColumn, header),
    pieces: () => filePieces(file, header.dataStart, end),
    skipped: 0,
  };
  return arrayTable({ file, format: 'npy', arrays: [array] });
}

/**
 * Opens an archive of arrays as numpy.savez and savez_compressed write it.
 * @throws EngineError bad-argument where the file is not a complete archive of arrays of numbers or
 * text
 */
export async function openNpz(file: string): Promise<ImportTable> {
  const name = basename(file);
  let zip: ZipFile;
  try {
    zip = await openPromise(file, { lazyEntries: true, autoClose: false });
  } catch (cause) {
    throw notWhole(name, cause);
  }
  try {
    const arrays: StoredArray[] = [];
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName.endsWith('.npy')) arrays.push(await arrayOfEntry(zip, entry, name));
    }
    const close = (): Promise<void> => {
      zip.close();
      return Promise.resolve();
    };
    return arrayTable({ file, format: 'npz', arrays, close });
  } catch (cause) {
    zip.close();
    throw cause instanceof EngineError ? cause : notWhole(name, cause);
  }
}

/** The words of what reads zip archives name the place: a checksum, a length, a path that leads out. */
function notWhole(name: string, cause: unknown): EngineError {
  const reason = cause instanceof Error ? cause.message.replace(/\.$/, '') : String(cause);
  const sentence = `${name} is not a whole .npz archive (${reason}): it is damaged, cut off, or of another kind.`;
  return new EngineError('bad-argument', sentence, { cause });
}

async function arrayOfEntry(zip: ZipFile, entry: Entry, file: string): Promise<StoredArray> {
  const arrayName = entry.fileName.slice(0, -'.npy'.length);
  const name = `${arrayName} of ${file}`;
  const header = readNumpyHeader(await entryStart(zip, entry, file), name);
  const end = header.dataStart + valueCount(header.shape) * header.itemBytes;
  if (entry.uncompressedSize < end) throw truncated(name);
  return {
    ...storedArray(arrayName, header),
    pieces: () => entryPieces(zip, entry, file),
    skipped: header.dataStart,
  };
}

async function* entryPieces(zip: ZipFile, entry: Entry, file: string): AsyncGenerator<Buffer> {
  try {
    const stream = await zip.openReadStreamPromise(entry);
    try {
      for await (const piece of stream) yield piece as Buffer;
    } finally {
      stream.destroy();
    }
  } catch (cause) {
    throw notWhole(file, cause);
  }
}

async function entryStart(zip: ZipFile, entry: Entry, file: string): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of entryPieces(zip, entry, file)) {
    pieces.push(piece);
    length += piece.length;
    if (length >= longestNumpyHeader) break;
  }
  return Buffer.concat(pieces);
}

async function firstBytes(file: string): Promise<Buffer> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(longestNumpyHeader) });
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

function storedArray(name: string, header: NumpyHeader) {
  const { kind, itemBytes, isBigEndian, shape } = header;
  const words = { f: 'float', i: 'int', u: 'uint' } as const;
  const typeName = kind === 'U' || kind === 'S' ? 'text' : `${words[kind]}${8 * itemBytes}`;
  return { name, typeName, type: { kind, itemBytes, isBigEndian }, shape };
}
