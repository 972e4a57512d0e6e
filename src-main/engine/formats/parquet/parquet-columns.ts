import type { SchemaElement, SchemaTree } from 'hyparquet';
import type { ImportColumn } from '../../../contract/imports.ts';

/** A column of a Parquet file: its use, and where its values are. */
export interface ParquetColumn {
  readonly column: ImportColumn;
  /** The path of the physical column from the root of the schema. */
  readonly path: readonly string[];
  /** How its values are converted to texts or vectors. */
  readonly content: 'number' | 'text' | 'bytes' | 'list' | 'other';
}

const numberTypes = new Set(['INT32', 'INT64', 'FLOAT', 'DOUBLE']);
const numberAnnotations = new Set(['FLOAT16', 'DECIMAL']);
const byteTypes = new Set(['BYTE_ARRAY', 'FIXED_LEN_BYTE_ARRAY']);
const texts = new Set(['STRING', 'UTF8', 'ENUM', 'UUID']);
const times = /^(DATE|TIME|TIMESTAMP)/;

/** The top-level columns of a schema, in order. A schema does not contain the lengths of lists. */
export function parquetColumns(schema: SchemaTree): ParquetColumn[] {
  return schema.children.map(columnOf);
}

function columnOf(tree: SchemaTree): ParquetColumn {
  const { name } = tree.element;
  const column = (
    kind: ImportColumn['kind'],
    type: string,
    length: number | null = null,
  ): ImportColumn => ({ name, kind, type, length });
  if (tree.children.length === 0) {
    if (tree.element.repetition_type === 'REPEATED') return listColumn(tree, [tree.element]);
    const { path } = tree;
    const content = leafContent(tree.element);
    const type = typeName(tree.element);
    if (content !== 'bytes') return { column: column(content, type), path, content };
    const { type_length: bytes = null } = tree.element;
    // Without this, a hash of 32 bytes would be read as 8 numbers.
    if (/hash|sha/i.test(name)) return { column: column('text', type), path, content };
    const length = bytes === null ? null : bytes / 4;
    return { column: column('vector', type, length), path, content };
  }
  return listColumn(tree, listPath(tree));
}

/** The schema from a list's group down to its leaf; null for a group that is not a list of values. */
function listPath(tree: SchemaTree): readonly SchemaElement[] | null {
  const [only, ...others] = tree.children;
  if (only === undefined || others.length > 0) return null;
  if (only.element.repetition_type !== 'REPEATED') return null;
  if (only.children.length === 0) return [tree.element, only.element];
  const [leaf, ...more] = only.children;
  if (leaf === undefined || more.length > 0 || leaf.children.length > 0) return null;
  return [tree.element, only.element, leaf.element];
}

function listColumn(tree: SchemaTree, elements: readonly SchemaElement[] | null): ParquetColumn {
  const { name } = tree.element;
  const leaf = elements?.at(-1);
  if (!elements || !leaf || leafContent(leaf) !== 'number') {
    const type = tree.element.converted_type?.toLowerCase() ?? 'group';
    return {
      column: { name, kind: 'other', type, length: null },
      path: tree.path,
      content: 'other',
    };
  }
  const path = elements.map((element) => element.name);
  const column = { name, kind: 'vector', type: `list of ${typeName(leaf)}`, length: null } as const;
  return { column, path, content: 'list' };
}

function annotationOf({ logical_type: logical, converted_type: converted }: SchemaElement) {
  return logical?.type ?? converted;
}

function leafContent(element: SchemaElement): 'number' | 'text' | 'bytes' | 'other' {
  const { type = 'group', type_length: length = 0 } = element;
  const annotation = annotationOf(element) ?? '';
  if (times.test(annotation)) return 'other';
  if (texts.has(annotation)) return 'text';
  if (numberTypes.has(type) || numberAnnotations.has(annotation)) return 'number';
  return annotation === '' && byteTypes.has(type) && length % 4 === 0 ? 'bytes' : 'other';
}

function typeName(element: SchemaElement): string {
  const { type, type_length: length } = element;
  const annotation = annotationOf(element);
  const physical = (type ?? 'group').toLowerCase().replaceAll('_', ' ');
  const name = annotation?.toLowerCase() ?? physical;
  return type === 'FIXED_LEN_BYTE_ARRAY' && !annotation ? `${length ?? 0} bytes` : name;
}
