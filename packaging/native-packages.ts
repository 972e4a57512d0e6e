import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { z } from 'zod';

/** The packages with native code: they cannot be bundled, and are packed as they are. */
export const nativePackages: readonly string[] = ['better-sqlite3', 'onnxruntime-node', 'sharp'];

/** What the program asks for from its sources only, or does without: a package does not have it. */
export const notPacked: readonly string[] = [
  '@tensorflow/tfjs-node-gpu',
  '@vladmandic/human',
  'vite',
];

/** Needed to build or to fetch the native code, not to run it. */
const notToRun = ['adm-zip', 'global-agent', 'node-addon-api'];

const descriptionSchema = z.object({
  dependencies: z.record(z.string(), z.string()).default({}),
  optionalDependencies: z.record(z.string(), z.string()).default({}),
});

/**
 * The native packages that are installed in a project with what they need to run, as folders below
 * node_modules: `sharp`, `@img/sharp-linux-x64`, …
 * @throws Error where one that is needed is not installed
 */
export function packedPackages(projectFolder: string): string[] {
  const modules = join(projectFolder, 'node_modules');
  const found = new Set<string>();
  const visit = (name: string, isOptional: boolean): void => {
    const folder = join(modules, name);
    if (found.has(name) || notToRun.includes(name)) return;
    if (!existsSync(folder)) {
      if (isOptional) return;
      throw new Error(`The package ${name} is not installed: run “npm ci” first.`);
    }
    found.add(name);
    const text = readFileSync(join(folder, 'package.json'), 'utf8');
    const description = descriptionSchema.parse(JSON.parse(text));
    for (const needed of Object.keys(description.dependencies)) visit(needed, false);
    for (const needed of Object.keys(description.optionalDependencies)) visit(needed, true);
  };
  for (const name of nativePackages) visit(name, false);
  return [...found].sort();
}

/** The files of such a package that run on a platform, relative to its folder. */
export function packedFiles(folder: string, platform: NodeJS.Platform, arch: string): string[] {
  return globSync('**/*', { cwd: folder, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => posix.relative(slashed(folder), slashed(join(entry.parentPath, entry.name))))
    .filter((file) => isPacked(file, `${platform}-${arch}`))
    .sort();
}

const onlyToBuild = /^(node_modules|src|deps|scripts?|install|tests?|docs?|include)\//;
const packedEndings =
  /\.([cm]?js|json|node|dll|dylib)$|\.so(\.[\d.]+)?$|(^|\/)(licen[cs]e|notice)/i;

/** @param target for example linux-x64 */
function isPacked(file: string, target: string): boolean {
  if (onlyToBuild.test(file) || !packedEndings.test(file)) return false;
  const [, ofSqlite] = /^prebuilds\/(.+)\.node$/.exec(file) ?? [];
  const [, system, arch] = /^bin\/napi-v\d+\/([^/]+)\/([^/]+)\//.exec(file) ?? [];
  const made = ofSqlite ?? (system === undefined ? undefined : `${system}-${arch ?? ''}`);
  return made === undefined || made === target;
}

function slashed(path: string): string {
  return path.replaceAll('\\', '/');
}
