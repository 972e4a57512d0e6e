import type { FixedColumn } from './fixed-columns.ts';

const alignment = 64;
const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

const npyTypes = {
  float32: '<f4',
  float64: '<f8',
  int32: '<i4',
  uint16: '<u2',
  uint8: '|u1',
  boolean: '|b1',
} as const;

/** The head of a .npy file in C order, version 1.0 or, where it is long, 2.0 (numpy.lib.format). */
export function npyHead(descr: string, shape: readonly number[]): Uint8Array {
  const sides = shape.length === 1 ? `${shape[0] ?? 0},` : shape.join(', ');
  const text = `{'descr': ${descr}, 'fortran_order': False, 'shape': (${sides}), }`;
  const isLong = text.length > 65_000;
  const before = magic.length + 2 + (isLong ? 4 : 2);
  const length = Math.ceil((before + text.length + 1) / alignment) * alignment - before;
  const head = Buffer.alloc(before + length, ' ');
  head.set([...magic, isLong ? 2 : 1, 0]);
  if (isLong) head.writeUInt32LE(length, magic.length + 2);
  else head.writeUInt16LE(length, magic.length + 2);
  head.write(text, before, 'latin1');
  head[head.length - 1] = 0x0a;
  return head;
}

/** NumPy's name of the type of one element of a column. */
export function npyType({ type, length }: FixedColumn): string {
  return type === 'text' ? `<U${length}` : npyTypes[type];
}

/** The shape of an array with `count` rows of a column. */
export function npyShape({ type, length }: FixedColumn, count: number): number[] {
  return type === 'text' || length === 1 ? [count] : [count, length];
}

/** NumPy's name of the type of a structured array whose records are rows of these columns. */
export function recordType(columns: readonly FixedColumn[]): string {
  const fields = columns.map((column) => {
    const [, length] = npyShape(column, 1);
    const shape = length === undefined ? '' : `, (${length},)`;
    return `('${column.name.replaceAll(/['\\]/g, '_')}', '${npyType(column)}'${shape})`;
  });
  return `[${fields.join(', ')}]`;
}
