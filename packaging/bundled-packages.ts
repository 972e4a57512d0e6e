import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';
import { z } from 'zod';

const listSchema = z.array(z.string());

/**
 * A plugin of a build that writes which npm packages its chunks contain, as the folders they came from,
 * to a JSON file outside what is shipped.
 */
export function listBundledPackages(file: string): Plugin {
  return {
    name: 'list-bundled-packages',
    generateBundle(_options, bundle) {
      const modules = Object.values(bundle).flatMap((chunk) =>
        chunk.type === 'chunk' ? chunk.moduleIds : [],
      );
      const folders = new Set(modules.map(packageFolder).filter((folder) => folder !== null));
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, JSON.stringify([...folders].sort(), null, 1));
    },
  };
}

/** Reads what `listBundledPackages` wrote: folders of packages. */
export function readBundledPackages(file: string): string[] {
  return listSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
}

/**
 * The folder of the npm package that a module's file belongs to, or null for a file of ours:
 * `/p/node_modules/@a/b/dist/c.js?x` is of `/p/node_modules/@a/b`.
 */
export function packageFolder(module: string): string | null {
  const path = module.replace(/^\0/, '').replaceAll('\\', '/');
  const [folder] = /^.*\/node_modules\/(?:@[^/]+\/)?[^/?]+/.exec(path) ?? [];
  return folder === undefined ? null : join(folder);
}
