import { makeZip } from 'client-zip';
import type { OutputFile } from '../tables/output-file.ts';
import { longestOf } from '../tables/table.ts';
import type { Table } from '../tables/table.ts';
import { arrayRegions, writeRegions } from './array-regions.ts';
import type { ArrayRegion } from './array-regions.ts';
import { npyHead, npyShape, npyType } from './npy-head.ts';

/**
 * The time of all members, so that the same table gives the same bytes: the earliest time that a zip
 * file can hold.
 */
const memberTime = new Date(1980, 0, 1);

/**
 * Writes a .npz file as numpy.savez does (uncompressed, zip64 where it is large): an array for each
 * column, the pictures as hash, path and label, and `source` as JSON. The columns are first written
 * side by side into `spool`, since a zip file stores them one after the other.
 */
export async function writeNpz(table: Table, file: OutputFile, spool: OutputFile): Promise<void> {
  await writeRegions(table, 'utf-32', spool, 0);
  const members = [
    ...arrayRegions(table, 'utf-32').map((region) => arrayMember(region, spool)),
    sourceMember(table.source),
  ];
  for await (const bytes of makeZip(members)) await file.append(bytes);
}

interface Member {
  readonly name: string;
  readonly size: number;
  readonly lastModified: Date;
  readonly input: AsyncIterable<Uint8Array>;
}

function arrayMember({ column, rows, start, bytes }: ArrayRegion, spool: OutputFile): Member {
  const head = npyHead(`'${npyType(column)}'`, npyShape(column, rows));
  async function* input(): AsyncGenerator<Uint8Array> {
    yield head;
    yield* spool.read(start, bytes);
  }
  const size = head.length + bytes;
  return { name: `${column.name}.npy`, size, lastModified: memberTime, input: input() };
}

/** A text as an array without dimensions, as numpy.array('…') makes it. */
function sourceMember(source: Table['source']): Member {
  const json = JSON.stringify(source);
  const { characters } = longestOf([json]);
  const head = npyHead(`'<U${characters}'`, []);
  const points = Uint32Array.from(Array.from(json), (character) => character.codePointAt(0) ?? 0);
  const text = new Uint8Array(points.buffer);
  async function* input(): AsyncGenerator<Uint8Array> {
    yield head;
    yield await Promise.resolve(text);
  }
  const size = head.length + text.length;
  return { name: 'source.npy', size, lastModified: memberTime, input: input() };
}
