import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';

const runsFromSources = import.meta.url.endsWith('.ts');

if (runsFromSources) {
  // Each thread has Node strip the types by WebAssembly. V8 13.6 crashes now and then where one
  // thread compiles a wrapper anew while another ends; so wrappers are never compiled anew.
  setFlagsFromString('--wasm-wrapper-tiering-budget=2147483647');
  // Node's usual place. Threads look for it here only, and start in half the time with it.
  process.env['NODE_COMPILE_CACHE'] ??= join(tmpdir(), 'node-compile-cache');
}

/**
 * The URL of a worker's entry file: `name` is its path from src-main/engine without the extension
 * (`map/umap.worker`). Running from sources it is a .ts file; in the packaged app every worker is
 * bundled to `workers/<base name>.js` beside the engine.
 */
export function workerEntry(name: string): URL {
  if (runsFromSources) return new URL(`../${name}.ts`, import.meta.url);
  const baseName = name.slice(name.lastIndexOf('/') + 1);
  return new URL(`./workers/${baseName}.js`, import.meta.url);
}
