import { spawnSync } from 'node:child_process';
import { globSync, lstatSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';

interface SizedPart {
  /** A path within the package; a folder ends with a slash, and is without the parts named before it. */
  readonly path: string;
  readonly bytes: number;
}

/** What an unpacked package takes on the disk, and as one xz archive; null where there is no xz. */
export interface PackageSizes {
  readonly parts: readonly SizedPart[];
  readonly unpackedBytes: number;
  readonly compressedBytes: number | null;
}

const megabyte = 1e6;
const bigBytes = 4 * megabyte;
const folderDepth = 3;

/** The most that a package may take, in bytes; the reasons are in docs/desktop.md. */
export const ceilings = { unpackedBytes: 422 * megabyte, compressedBytes: 130 * megabyte };

/** Measures an unpacked package: big files each, the others by their folder. */
export function packageSizes(folder: string): PackageSizes {
  const parts = new Map<string, number>();
  let unpackedBytes = 0;
  for (const entry of globSync('**/*', { cwd: folder, withFileTypes: true })) {
    if (entry.isDirectory()) continue;
    const path = join(entry.parentPath, entry.name);
    const { size } = lstatSync(path);
    const part = partOf(relative(folder, path).replaceAll('\\', '/'), size);
    parts.set(part, (parts.get(part) ?? 0) + size);
    unpackedBytes += size;
  }
  return {
    parts: [...parts]
      .map(([path, bytes]) => ({ path, bytes }))
      .sort((first, second) => second.bytes - first.bytes || first.path.localeCompare(second.path)),
    unpackedBytes,
    compressedBytes: xzBytes(folder),
  };
}

function partOf(file: string, bytes: number): string {
  if (bytes >= bigBytes) return file;
  const folders = file.split('/').slice(0, -1).slice(0, folderDepth);
  return folders.length === 0 ? './' : `${folders.join('/')}/`;
}

/** The size of `tar | xz`, with xz's usual effort. */
function xzBytes(folder: string): number | null {
  const command = 'tar -C "$1" -cf - "$2" | xz -6 -T0 | wc -c';
  const args = ['-c', command, 'sh', dirname(folder), basename(folder)];
  if (spawnSync('xz', ['--version']).status !== 0) return null;
  const { stdout, status } = spawnSync('sh', args, { encoding: 'utf8' });
  return status === 0 ? Number(stdout) : null;
}

/** The sizes as a table for people, in MB of a million bytes. */
export function sizeTable({ parts, unpackedBytes, compressedBytes }: PackageSizes): string {
  const shown = parts.filter(({ bytes }) => bytes >= megabyte / 10);
  const rest = unpackedBytes - shown.reduce((sum, { bytes }) => sum + bytes, 0);
  const rows: [string, number | null][] = [
    ...shown.map(({ path, bytes }): [string, number] => [path, bytes]),
    ['all else', rest],
    ['unpacked', unpackedBytes],
    ['compressed with xz', compressedBytes],
  ];
  return rows.map(([name, bytes]) => `${inMegabytes(bytes).padStart(7)}  ${name}`).join('\n');
}

function inMegabytes(bytes: number | null): string {
  return bytes === null ? '–' : (bytes / megabyte).toFixed(1);
}

/** A sentence for each ceiling that a package is over. */
export function overCeilings(sizes: PackageSizes): string[] {
  const over = (what: string, bytes: number | null, most: number): string[] =>
    bytes === null || bytes <= most
      ? []
      : [`The package is ${inMegabytes(bytes)} MB ${what}, over its ${inMegabytes(most)} MB.`];
  return [
    ...over('unpacked', sizes.unpackedBytes, ceilings.unpackedBytes),
    ...over('compressed', sizes.compressedBytes, ceilings.compressedBytes),
  ];
}
