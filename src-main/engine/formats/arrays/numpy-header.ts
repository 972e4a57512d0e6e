import { EngineError } from '../../../contract/errors/errors.ts';

/** The type and shape of a .npy array, from its header. */
export interface NumpyHeader {
  /** f, i, u: numbers; U, S: text. */
  readonly kind: 'f' | 'i' | 'u' | 'U' | 'S';
  /** Bytes of one value. */
  readonly itemBytes: number;
  readonly isBigEndian: boolean;
  readonly shape: readonly number[];
  /** Byte at which the values begin. */
  readonly dataStart: number;
}

const magic = '\x93NUMPY';
/** Bytes to read for a header: more than any header of numbers or text needs. */
export const longestNumpyHeader = 65_536;

/**
 * Reads the header of a .npy array (NEP 1, versions 1 to 3) from its first bytes. `name` names the file
 * in errors.
 * @throws EngineError bad-argument where the bytes are no such array, or its type is not supported
 */
export function readNumpyHeader(bytes: Buffer, name: string): NumpyHeader {
  if (bytes.toString('latin1', 0, 6) !== magic || bytes.length < 12) {
    throw refusal(`${name} is not a NumPy array: it does not begin as one.`);
  }
  const major = bytes[6] ?? 0;
  const start = major === 1 ? 10 : 12;
  const length = major === 1 ? bytes.readUInt16LE(8) : bytes.readUInt32LE(8);
  if (start + length > bytes.length) {
    throw refusal(`${name} is damaged: its header is cut off or too long.`);
  }
  const text = bytes.toString(major >= 3 ? 'utf8' : 'latin1', start, start + length);
  return { ...valuesOf(text, name), dataStart: start + length };
}

/** The number of values in an array of this shape. */
export function valueCount(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

function valuesOf(text: string, name: string): Omit<NumpyHeader, 'dataStart'> {
  const descr = /'descr'\s*:\s*'([^']*)'/.exec(text)?.[1];
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(text)?.[1];
  const shapeText = /'shape'\s*:\s*\(([\d,\sL]*)\)/.exec(text)?.[1];
  if (/'descr'\s*:\s*\[/.test(text)) {
    throw refusal(`${name} is a structured array, which is not read: save its fields as arrays.`);
  }
  if (descr === undefined || order === undefined || shapeText === undefined) {
    throw refusal(`${name} is damaged: its header cannot be read.`);
  }
  const shape = shapeText
    .split(',')
    .map((part) => part.trim().replace(/L$/, ''))
    .filter((part) => part !== '')
    .map(Number);
  if (!shape.every(Number.isSafeInteger)) {
    throw refusal(`${name} is damaged: its header declares ${shapeText} values.`);
  }
  if (order === 'True' && shape.filter((length) => length > 1).length > 1) {
    throw refusal(
      `${name} is stored column by column (Fortran order), which is not read: save numpy.ascontiguousarray(x).`,
    );
  }
  return { ...valueType(descr, name), shape };
}

const numberTypes = /^(f[248]|[iu][1248])$/;

function valueType(descr: string, name: string): Omit<NumpyHeader, 'dataStart' | 'shape'> {
  const [, order = '|', kind = '', size = ''] = /^([<>|=]?)([a-zA-Z])(\d*)$/.exec(descr) ?? [];
  if (kind === 'O') {
    throw refusal(
      `${name} holds pickled Python objects, which are never read, because reading them can run code: save numbers as float32, and names with dtype=str.`,
    );
  }
  const isBigEndian = order === '>';
  if (kind === 'U') return { kind, itemBytes: 4 * Number(size), isBigEndian };
  if (kind === 'S') return { kind, itemBytes: Number(size), isBigEndian };
  if (!numberTypes.test(`${kind}${size}`)) {
    throw refusal(`${name} is of type ${descr}, which is not read: save it as float32.`);
  }
  return { kind: kind as 'f' | 'i' | 'u', itemBytes: Number(size), isBigEndian };
}

function refusal(sentence: string): EngineError {
  return new EngineError('bad-argument', sentence);
}
