import { existsSync, globSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { MissingPart } from '../../contract/devices.ts';
import { loaderFolders } from './loader-folders.ts';

/** Where the parts of TensorFlow for CUDA are looked for. */
export interface TensorFlowPlaces {
  readonly platform: string;
  readonly arch: string;
  /** The folder of @tensorflow/tfjs-node-gpu; null where npm did not install it. */
  readonly packageFolder: string | null;
  /** The folders in which the system's loader finds libraries. */
  readonly libraryFolders: readonly string[];
}

interface Library {
  readonly what: string;
  readonly get: string;
  readonly files: Readonly<Record<'linux' | 'win32', readonly string[]>>;
}

const isMissingSomewhere =
  'put its folder of libraries into LD_LIBRARY_PATH (Linux) or PATH (Windows)';

/** What libtensorflow 2.9.1 of tfjs-node-gpu 4.22 opens by name when it looks for a graphics card. */
const libraries: readonly Library[] = [
  {
    what: 'CUDA 11.2',
    get: `install the CUDA Toolkit 11.2 from NVIDIA’s archive of CUDA Toolkits, or ${isMissingSomewhere} where it is installed`,
    files: {
      linux: [
        ...['libcudart.so.11.0', 'libcublas.so.11', 'libcublasLt.so.11', 'libcufft.so.10'],
        ...['libcurand.so.10', 'libcusolver.so.11', 'libcusparse.so.11'],
      ],
      win32: [
        ...['cudart64_110.dll', 'cublas64_11.dll', 'cublasLt64_11.dll', 'cufft64_10.dll'],
        ...['curand64_10.dll', 'cusolver64_11.dll', 'cusparse64_11.dll'],
      ],
    },
  },
  {
    what: 'cuDNN 8.1',
    get: `install cuDNN 8.1 for CUDA 11.2 from NVIDIA’s archive of cuDNN, or ${isMissingSomewhere} where it is installed`,
    files: { linux: ['libcudnn.so.8'], win32: ['cudnn64_8.dll'] },
  },
  {
    what: 'an NVIDIA driver',
    get: 'install the driver of your NVIDIA card, 452.39 or newer (450.80 on Linux); without such a card this device cannot be used',
    files: { linux: ['libcuda.so.1'], win32: ['nvcuda.dll'] },
  },
];

/** The places of this process. */
export function tensorFlowPlaces(): TensorFlowPlaces {
  const { platform, arch, env } = process;
  const libraryFolders = loaderFolders({ platform, environment: env });
  return { platform, arch, packageFolder: packageFolder(), libraryFolders };
}

function packageFolder(): string | null {
  try {
    const require = createRequire(import.meta.url);
    return dirname(require.resolve('@tensorflow/tfjs-node-gpu/package.json'));
  } catch {
    return null;
  }
}

/** The system's name for the files' table; null where TensorFlow for CUDA is not made for it. */
function knownSystem({ platform, arch }: TensorFlowPlaces): 'linux' | 'win32' | null {
  if (arch !== 'x64') return null;
  return platform === 'linux' || platform === 'win32' ? platform : null;
}

/**
 * What TensorFlow for CUDA lacks without which it cannot even be loaded: a fit system, the package, or the
 * package's native part.
 */
export function missingTensorFlow(places: TensorFlowPlaces): readonly MissingPart[] {
  const system = knownSystem(places);
  if (system === null) {
    const what = `a build of TensorFlow for CUDA for ${places.platform} ${places.arch}`;
    const get = 'there is one for 64-bit Intel and AMD computers with Linux or Windows only';
    return [{ what, get }];
  }
  const fetched = '“npx negatoscope fetch tfjs-node-gpu”';
  const { packageFolder } = places;
  if (packageFolder === null) {
    const get = `run “npm ci” without “--omit” in Negatoscope’s sources, and then ${fetched}; no package of the app has it`;
    return [{ what: 'the npm package @tensorflow/tfjs-node-gpu', get }];
  }
  const missing = nativeFiles(system)
    .filter(({ pattern }) => globSync(pattern, { cwd: packageFolder }).length === 0)
    .map(({ name }) => name);
  if (missing.length === 0) return [];
  return [{ what: `the package’s native part (${missing.join(', ')})`, get: `run ${fetched}` }];
}

function nativeFiles(system: 'linux' | 'win32') {
  const library =
    system === 'linux'
      ? { name: 'libtensorflow', pattern: '{deps/lib,lib/napi-v*}/libtensorflow.so*' }
      : { name: 'tensorflow.dll', pattern: '{deps/lib,lib/napi-v*}/tensorflow.dll' };
  return [library, { name: 'tfjs_binding.node', pattern: 'lib/napi-v*/tfjs_binding.node' }];
}

/**
 * What of CUDA is in none of the loader's folders. TensorFlow computes on the processor without it. The
 * loader may know folders that we do not, so this explains a failure and does not foretell it.
 */
export function missingCuda(places: TensorFlowPlaces): readonly MissingPart[] {
  const system = knownSystem(places);
  if (system === null) return [];
  const found = new Set(places.libraryFolders.flatMap((folder) => namesIn(folder, system)));
  return libraries.flatMap(({ what, get, files }) => {
    const missing = files[system].filter((name) => !found.has(asKnown(name, system)));
    return missing.length === 0 ? [] : [{ what: `${what} (${missing.join(', ')})`, get }];
  });
}

/** Windows does not tell capitals from small letters. */
function asKnown(name: string, system: 'linux' | 'win32'): string {
  return system === 'win32' ? name.toLowerCase() : name;
}

function namesIn(folder: string, system: 'linux' | 'win32'): string[] {
  try {
    // A link whose target was removed is no library.
    return readdirSync(folder)
      .filter((name) => existsSync(join(folder, name)))
      .map((name) => asKnown(name, system));
  } catch {
    return [];
  }
}
