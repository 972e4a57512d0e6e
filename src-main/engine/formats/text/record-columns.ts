import type { ImportColumn } from '../../../contract/imports.ts';
import { commonestLength } from '../tables/commonest-length.ts';
import type { PartlyNumbers } from '../tables/numbered-columns.ts';
import { isMissing, isNumber, looksLikeNumber } from './cell-numbers.ts';
import { listOfCells } from './cell-lists.ts';

/** One row as read from its file: values of any type by column. */
export type FileRecord = Readonly<Record<string, unknown>>;

/** The columns of rows, and which of those that hold no numbers alone could be part of a vector. */
interface RecordColumns {
  readonly columns: ImportColumn[];
  readonly partly: PartlyNumbers;
}

/**
 * Finds out by some rows what each column holds. One bad cell does not change a column: where more than
 * half of the cells are lists of numbers it holds vectors.
 */
export function columnsOf(records: readonly FileRecord[]): RecordColumns {
  const names = [...new Set(records.flatMap((record) => Object.keys(record)))];
  const partly = new Map<string, 'some' | 'empty'>();
  const columns = names.map((name): ImportColumn => {
    const values = records.map((record) => record[name]).filter((value) => !isMissing(value));
    const column = columnOf(name, values);
    if (column.kind !== 'number' && column.kind !== 'vector') {
      if (values.length === 0) partly.set(name, 'empty');
      else if (values.some(looksLikeNumber)) partly.set(name, 'some');
    }
    return column;
  });
  return { columns, partly };
}

function columnOf(name: string, values: readonly unknown[]): ImportColumn {
  const lists = values.map(listOfCells).filter((list) => list !== null);
  const vectors = lists.filter(isMostlyNumbers);
  if (vectors.length > values.length / 2) {
    const length = commonestLength(vectors.map((vector) => vector.length));
    return { name, kind: 'vector', type: 'list of numbers', length };
  }
  // Without this, one bad cell would merge all epochs.
  const isEpoch = /^epochs?$/i.test(name) && values.some(isNumber);
  if (isEpoch || (values.length > 0 && values.every(isNumber))) {
    return { name, kind: 'number', type: 'number', length: null };
  }
  const isText = values.every((value) => typeof value === 'string');
  return { name, kind: isText ? 'text' : 'other', type: isText ? 'text' : 'mixed', length: null };
}

function isMostlyNumbers(list: readonly unknown[]): boolean {
  const numbers = list.filter((value) => isMissing(value) || isNumber(value)).length;
  return list.length > 1 && numbers > list.length / 2;
}
