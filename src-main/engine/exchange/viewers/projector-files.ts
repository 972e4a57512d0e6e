import { cellOf } from '../../formats/tables/cell-values.ts';
import type { OutputFile } from '../../formats/tables/output-file.ts';
import type { Table } from '../../formats/tables/table.ts';
import type { SpriteGrid } from './sprite.ts';

/** The names of the files in a folder for the projector. */
export const projectorFiles = {
  config: 'projector_config.pbtxt',
  vectors: 'vectors.tsv',
  metadata: 'metadata.tsv',
  sprite: 'sprite.png',
} as const;

/**
 * The file that TensorBoard reads first: a ProjectorConfig in protobuf's text format
 * (projector_config.proto of its projector plugin), which names the other files.
 */
export function projectorConfig(
  name: string,
  shape: readonly [number, number],
  { tile }: SpriteGrid,
): string {
  const { vectors, metadata, sprite } = projectorFiles;
  return `embeddings {
  tensor_name: ${quoted(name)}
  tensor_shape: ${shape[0]}
  tensor_shape: ${shape[1]}
  tensor_path: "${vectors}"
  metadata_path: "${metadata}"
  sprite {
    image_path: "${sprite}"
    single_image_dim: ${tile}
    single_image_dim: ${tile}
  }
}
`;
}

/** A text as a string in protobuf's text format, which escapes as C does; other characters are UTF-8. */
function quoted(text: string): string {
  const plain = text.replaceAll(/\s+/g, ' ').replaceAll(/["\\]/g, '\\$&');
  return `"${plain}"`;
}

/**
 * Writes the last column of a table, which holds vectors, as rows of numbers separated by tabs, without
 * a head.
 */
export async function writeVectors(
  table: Table,
  file: OutputFile,
  onRows: (done: number) => Promise<void>,
): Promise<void> {
  const column = table.columns.at(-1);
  let done = 0;
  for await (const { count, values } of table.chunks()) {
    if (column === undefined) return;
    const lines = Array.from({ length: count }, (_, row) =>
      [cellOf(column, values.at(-1) ?? [], row)].flat().join('\t'),
    );
    await file.text(`${lines.join('\n')}\n`);
    done += count;
    await onRows(done);
  }
}

/**
 * Writes a table with a head; cells are not quoted, since the projector splits only at tabs and line
 * ends.
 */
export async function writeMetadata(table: Table, file: OutputFile): Promise<void> {
  await file.text(`${table.columns.map(({ name }) => name).join('\t')}\n`);
  for await (const { count, values } of table.chunks()) {
    const lines = Array.from({ length: count }, (_, row) =>
      table.columns
        .map((column, index) => String(cellOf(column, values[index] ?? [], row) ?? ''))
        .map((text) => text.replaceAll(/[\t\r\n]+/g, ' '))
        .join('\t'),
    );
    await file.text(`${lines.join('\n')}\n`);
  }
}
