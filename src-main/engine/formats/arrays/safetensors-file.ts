import type { OutputFile } from '../tables/output-file.ts';
import type { Table } from '../tables/table.ts';
import { arrayRegions, writeRegions } from './array-regions.ts';
import { encodeSafetensorsHeader } from './safetensors-header.ts';

const safetensorsTypes = {
  float32: 'F32',
  float64: 'F64',
  int32: 'I32',
  uint16: 'U16',
  uint8: 'U8',
  boolean: 'BOOL',
  text: 'U8',
} as const;

/**
 * Writes a safetensors file (https://github.com/huggingface/safetensors#format) with a tensor for each
 * column. Text is UTF-8 bytes [n, longest], padded with 0, in the tensors that `utf8` in the metadata
 * names. A choice is the index of its name; the names are in the metadata. Pictures are indices into
 * the tensors hash, path and label.
 */
export async function writeSafetensors(table: Table, file: OutputFile): Promise<void> {
  const names = table.columns.flatMap((column) =>
    column.kind === 'choice' ? [[column.name, column.names.join(',')]] : [],
  );
  const regions = arrayRegions(table, 'utf-8');
  const texts = regions.flatMap(({ column }) => (column.type === 'text' ? [column.name] : []));
  const tensors = regions.map(({ column: { name, type, length }, rows, start, bytes }) => {
    const shape = type === 'text' || length > 1 ? [rows, length] : [rows];
    const offsets: [number, number] = [start, start + bytes];
    return [name, { dtype: safetensorsTypes[type], shape, data_offsets: offsets }] as const;
  });
  const metadata = {
    ...table.source,
    ...(Object.fromEntries(names) as Record<string, string>),
    utf8: texts.join(','),
  };
  await file.append(encodeSafetensorsHeader({ metadata, tensors: Object.fromEntries(tensors) }));
  await writeRegions(table, 'utf-8', file, file.length);
}
