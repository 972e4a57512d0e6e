import { setFlagsFromString } from 'node:v8';

const runsFromSources = import.meta.url.endsWith('.ts');

// V8 13.6 sometimes crashes where one thread compiles a wrapper of WebAssembly again while another
// thread ends, so wrappers must not be compiled again. Products of rows are WebAssembly, and from sources
// Node strips types by it in each thread.
setFlagsFromString('--wasm-wrapper-tiering-budget=2147483647');

/**
 * The URL of a worker's entry file. `name` is its path from src-main/engine without the extension
 * (`map/umap.worker`). From sources it is a .ts file; in the packaged app every worker is bundled as
 * `workers/<base name>.js` beside the engine.
 */
export function workerEntry(name: string): URL {
  if (runsFromSources) return new URL(`../${name}.ts`, import.meta.url);
  const baseName = name.slice(name.lastIndexOf('/') + 1);
  return new URL(`./workers/${baseName}.js`, import.meta.url);
}
