import { open, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import { z } from 'zod';
import { EngineError } from '../../../contract/errors/errors.ts';
import type { ImportTable } from '../tables/import-table.ts';
import { arrayTable } from './array-table.ts';
import type { StoredArray } from './array-table.ts';
import { filePieces, truncated } from '../tables/byte-pieces.ts';
import { valueCount } from './numpy-header.ts';
import { headerLengthBytes, parseSafetensorsHeader } from './safetensors-header.ts';
import type { SafetensorsHeader } from './safetensors-header.ts';

/** The longest header that is read: enough for a million paths in its metadata. */
const longestHeader = 400_000_000;

const little = { isBigEndian: false } as const;
const types: ReadonlyMap<string, StoredArray['type']> = new Map(
  Object.entries<StoredArray['type']>({
    F64: { kind: 'f', itemBytes: 8, ...little },
    F32: { kind: 'f', itemBytes: 4, ...little },
    F16: { kind: 'f', itemBytes: 2, ...little },
    BF16: 'bfloat16',
    I64: { kind: 'i', itemBytes: 8, ...little },
    I32: { kind: 'i', itemBytes: 4, ...little },
    I16: { kind: 'i', itemBytes: 2, ...little },
    I8: { kind: 'i', itemBytes: 1, ...little },
    U64: { kind: 'u', itemBytes: 8, ...little },
    U32: { kind: 'u', itemBytes: 4, ...little },
    U16: { kind: 'u', itemBytes: 2, ...little },
    U8: { kind: 'u', itemBytes: 1, ...little },
  }),
);

/**
 * Opens a safetensors file. An entry of its metadata that is a JSON list of texts is a column. `utf8`
 * in the metadata names tensors of bytes that are padded text, as an export writes them.
 * @throws EngineError bad-argument where the file is not a complete one
 */
export async function openSafetensors(file: string): Promise<ImportTable> {
  const name = basename(file);
  const { size } = await stat(file);
  const handle = await open(file);
  try {
    const headerBytes = await headerLength(handle, size, name);
    const text = Buffer.alloc(headerBytes);
    await handle.read(text, 0, headerBytes, headerLengthBytes);
    const { metadata, tensors } = parseHeader(text.toString('utf8'), name);
    const dataStart = headerLengthBytes + headerBytes;
    const texts = new Set(metadata['utf8']?.split(','));
    const arrays = Object.entries(tensors).flatMap(([key, { dtype, shape, data_offsets }]) => {
      const [start, end] = [dataStart + data_offsets[0], dataStart + data_offsets[1]];
      if (end > size) throw truncated(name);
      const type = types.get(dtype);
      if (type === undefined) return [];
      const itemBytes = type === 'bfloat16' ? 2 : type.itemBytes;
      if (end - start !== valueCount(shape) * itemBytes) throw damaged(name);
      const pieces = (): AsyncIterable<Buffer> => filePieces(file, start, end);
      const [rows = 0, width = 0] = shape;
      if (dtype === 'U8' && shape.length === 2 && texts.has(key)) {
        const text = { kind: 'S', itemBytes: width, ...little } as const;
        return [{ name: key, typeName: 'text', type: text, shape: [rows], skipped: 0, pieces }];
      }
      return [{ name: key, typeName: dtype, type, shape, skipped: 0, pieces }];
    });
    return arrayTable({ file, format: 'safetensors', arrays, lists: textLists(metadata) });
  } finally {
    await handle.close();
  }
}

async function headerLength(handle: FileHandle, size: number, name: string): Promise<number> {
  const start = Buffer.alloc(headerLengthBytes);
  const { bytesRead } = await handle.read(start, 0, headerLengthBytes, 0);
  const length = bytesRead < headerLengthBytes ? 0n : start.readBigUInt64LE();
  if (length < 2n || length > BigInt(longestHeader)) throw damaged(name);
  if (BigInt(headerLengthBytes) + length > BigInt(size)) throw truncated(name);
  return Number(length);
}

function parseHeader(text: string, name: string): SafetensorsHeader {
  try {
    return parseSafetensorsHeader(text);
  } catch (cause) {
    throw damaged(name, cause);
  }
}

function textLists(metadata: Readonly<Record<string, string>>): Map<string, string[]> {
  const lists = new Map<string, string[]>();
  for (const [key, value] of Object.entries(metadata)) {
    if (!value.trimStart().startsWith('[')) continue;
    const parsed = z.array(z.string()).safeParse(parsedOrNull(value));
    if (parsed.success) lists.set(key, parsed.data);
  }
  return lists;
}

/** Metadata is free text: an entry that begins with a bracket need not be JSON. */
function parsedOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function damaged(name: string, cause?: unknown): EngineError {
  return new EngineError(
    'bad-argument',
    `${name} is not a safetensors file, or is damaged: its header cannot be read.`,
    { cause },
  );
}
