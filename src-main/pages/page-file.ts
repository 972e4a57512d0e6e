import { readFile, realpath } from 'node:fs/promises';
import { extname, isAbsolute, join, relative } from 'node:path';

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

interface PageFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly contentType: string;
}

/**
 * A file of the built page by its URL path (`/` is index.html); null where there is none, or where the
 * path, with links followed, leaves `folder`.
 */
export async function readPageFile(folder: string, urlPath: string): Promise<PageFile | null> {
  const path = filePath(urlPath);
  const contentType = contentTypes[extname(path).toLowerCase()];
  if (contentType === undefined || path.includes('\0')) return null;
  try {
    const root = await realpath(folder);
    const file = await realpath(join(root, path));
    const inside = relative(root, file);
    if (inside.startsWith('..') || isAbsolute(inside)) return null;
    return { bytes: new Uint8Array(await readFile(file)), contentType };
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

function filePath(urlPath: string): string {
  if (urlPath === '/') return 'index.html';
  try {
    return decodeURIComponent(urlPath);
  } catch {
    return '\0';
  }
}

function isMissing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  return ['ENOENT', 'ENOTDIR', 'EISDIR', 'ENAMETOOLONG', 'ELOOP'].includes(String(code));
}
