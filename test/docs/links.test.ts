import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { anchorsOf, documents, root, textOf, withoutCode } from './documents.ts';

describe.each(documents)('%s', (document) => {
  const text = textOf(document);

  it('links to files and headings that are there', () => {
    const targets = [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)].map(
      ([, target = '']) => target,
    );
    const dead = targets.filter((target) => !/^[a-z]+:/.test(target) && !isThere(document, target));
    expect(dead).toEqual([]);
  });

  it('names source files and folders that are there', () => {
    const named = [...text.matchAll(/`((?:src-main|src-renderer|test|docs)\/[^`\s]*)`/g)];
    const paths = named.flatMap(([, path = '']) => expanded(path));
    const missing = paths.filter((path) => !existsSync(join(root, path)));
    expect([...new Set(missing)]).toEqual([]);
  });
});
function isThere(document: string, target: string): boolean {
  const [path = '', anchor] = target.split('#');
  const file = path === '' ? document : normalize(join(dirname(document), path));
  if (!existsSync(join(root, file))) return false;
  return anchor === undefined || anchorsOf(textOf(file)).has(decodeURIComponent(anchor));
}

/** \`a/{b,c}.ts\` is two paths; of \`a/<name>/b\` the folder before the name of one's own. */
function expanded(path: string): string[] {
  const [, before = '', choices, after = ''] = /^([^{]*)\{([^}]+)\}(.*)$/.exec(path) ?? [];
  if (choices !== undefined) {
    return choices.split(',').flatMap((choice) => expanded(`${before}${choice}${after}`));
  }
  return [path.replace(/[^/]*<.*$/, '').replace(/[^/]*\*.*$/, '')];
}
