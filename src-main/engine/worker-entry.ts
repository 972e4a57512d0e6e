/**
 * The URL of a worker's entry file: `name` is its path from src-main/engine without the extension
 * (`map/umap.worker`). Running from sources it is a .ts file; in the packaged app every worker is
 * bundled to `workers/<base name>.js` beside the engine.
 */
export function workerEntry(name: string): URL {
  if (import.meta.url.endsWith('.ts')) return new URL(`./${name}.ts`, import.meta.url);
  const baseName = name.slice(name.lastIndexOf('/') + 1);
  return new URL(`./workers/${baseName}.js`, import.meta.url);
}
