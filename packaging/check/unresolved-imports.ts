import { execFileSync } from 'node:child_process';
import { globSync, readFileSync, realpathSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { z } from 'zod';
import { importsIn } from './imports-in.ts';
import type { FoundImport } from './imports-in.ts';

interface CheckedImports {
  /** How many imports of how many files were looked at. */
  readonly imports: number;
  readonly files: number;
  /** A sentence for each that is not found inside the folder. */
  readonly missing: readonly string[];
}

interface CheckOptions {
  readonly folder: string;
  /** The Node that is to run what is in the folder. */
  readonly node: string;
  /** What may be missing: what the program does without, or what Electron gives it. */
  readonly allowed: readonly string[];
}

type Asked = FoundImport & { readonly from: string };

const resolver = join(import.meta.dirname, 'resolve-on-stdin.ts');
const answerSchema = z.array(z.string().nullable());
const readable = /\.[cm]?js$/;

/**
 * Follows the imports of the chunks in a folder (not of all its node_modules) as its Node does, and says
 * which lead nowhere, or out of the folder.
 */
export function unresolvedImports({ folder, node, allowed }: CheckOptions): CheckedImports {
  const root = realpathSync(folder);
  const missing: string[] = [];
  const seen = new Set<string>();
  let imports = 0;
  let files = globSync('**/*.{js,cjs,mjs}', { cwd: root, exclude: ['node_modules/**', 'page/**'] })
    .map((file) => join(root, file))
    .sort();
  while (files.length > 0) {
    for (const file of files) seen.add(file);
    const asked = files.flatMap((from) =>
      importsIn(from, readFileSync(from, 'utf8')).map((one): Asked => ({ ...one, from })),
    );
    imports += asked.length;
    const found = whereTheyAre(node, asked);
    for (const [index, path] of found.entries()) {
      const problem = problemOf(asked[index], path, root);
      const name = asked[index]?.specifier ?? '';
      if (problem !== null && !allowed.includes(name)) missing.push(problem);
    }
    const reached = new Set(found.filter((path) => path !== null && readable.test(path)));
    files = [...reached].filter((path) => path !== null).filter((path) => !seen.has(path));
    files = files.filter((path) => path.startsWith(root + sep));
  }
  return { imports, files: seen.size, missing };
}

function whereTheyAre(node: string, asked: readonly Asked[]): (string | null)[] {
  const output = execFileSync(node, ['--experimental-import-meta-resolve', resolver], {
    input: JSON.stringify(asked),
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  return answerSchema.parse(JSON.parse(output));
}

function problemOf(asked: Asked | undefined, path: string | null, root: string): string | null {
  if (asked === undefined || path === 'built in' || path?.startsWith(root + sep)) return null;
  const what = `${relative(root, asked.from)}: ${asked.specifier}`;
  if (path !== null) return `${what} is found outside, at ${path}`;
  return asked.isTried ? null : `${what} is not found`;
}
