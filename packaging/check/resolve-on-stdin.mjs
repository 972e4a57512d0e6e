// Run by the packed Node with --experimental-import-meta-resolve: says where it finds each asked module,
// null where nowhere. In and out: JSON.
import { createRequire, isBuiltin } from 'node:module';
import { text } from 'node:stream/consumers';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { existsSync } from 'node:fs';

function whereIs({ kind, specifier, from }) {
  if (isBuiltin(specifier)) return 'built in';
  try {
    if (kind === 'require') return createRequire(from).resolve(specifier);
    const path = fileURLToPath(import.meta.resolve(specifier, pathToFileURL(from).href));
    return existsSync(path) ? path : null;
  } catch {
    return null;
  }
}

process.stdout.write(JSON.stringify(JSON.parse(await text(process.stdin)).map(whereIs)));
