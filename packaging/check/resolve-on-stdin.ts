import { existsSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import { text } from 'node:stream/consumers';
import { fileURLToPath, pathToFileURL } from 'node:url';

interface Asked {
  readonly kind: 'import' | 'require';
  readonly specifier: string;
  readonly from: string;
}

/**
 * Run by the packed Node with --experimental-import-meta-resolve: reads a JSON array of what is asked
 * for, writes one of where it is, null where nowhere.
 */
const asked = JSON.parse(await text(process.stdin)) as readonly Asked[];
process.stdout.write(JSON.stringify(asked.map(whereIs)));

function whereIs({ kind, specifier, from }: Asked): string | null {
  if (isBuiltin(specifier)) return 'built in';
  try {
    if (kind === 'require') return createRequire(from).resolve(specifier);
    const path = fileURLToPath(import.meta.resolve(specifier, pathToFileURL(from).href));
    return existsSync(path) ? path : null;
  } catch {
    return null;
  }
}
