import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loaderFolders } from '../../../src-main/engine/devices/loader-folders.ts';
import {
  missingCuda,
  missingTensorFlow,
} from '../../../src-main/engine/devices/tensorflow-parts.ts';
import type { TensorFlowPlaces } from '../../../src-main/engine/devices/tensorflow-parts.ts';
import { temporaryFolder } from '../store/temporary-library.ts';

/** A made-up folder with empty files. */
function folderWith(...files: string[]): string {
  const folder = temporaryFolder();
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), '');
  }
  return folder;
}

const cuda = [
  ...['libcudart.so.11.0', 'libcublas.so.11', 'libcublasLt.so.11', 'libcufft.so.10'],
  ...['libcurand.so.10', 'libcusolver.so.11', 'libcusparse.so.11'],
];
const native = ['deps/lib/libtensorflow.so.2', 'lib/napi-v8/tfjs_binding.node'];

function places(change: Partial<TensorFlowPlaces> = {}): TensorFlowPlaces {
  return {
    ...{ platform: 'linux', arch: 'x64', packageFolder: folderWith(...native) },
    ...{ libraryFolders: [folderWith(...cuda), folderWith('libcudnn.so.8', 'libcuda.so.1')] },
    ...change,
  };
}

/** What is missing, without how to get it. */
const named = (where: TensorFlowPlaces): string[] =>
  [...missingTensorFlow(where), ...missingCuda(where)].map(({ what }) => what);

describe('TensorFlow for CUDA, in made-up folders', () => {
  it('lacks nothing where all its parts are', () => {
    expect(named(places())).toEqual([]);
  });

  it.each(['darwin', 'freebsd'])('is not made for %s', (platform) => {
    expect(named(places({ platform }))).toEqual([
      `a build of TensorFlow for CUDA for ${platform} x64`,
    ]);
  });

  it('is not made for ARM', () => {
    expect(missingTensorFlow(places({ arch: 'arm64' }))[0]?.get).toMatch(/64-bit Intel and AMD/);
  });

  it('lacks its package', () => {
    const [part, ...others] = missingTensorFlow(places({ packageFolder: null }));
    expect(others).toEqual([]);
    expect(part?.what).toBe('the npm package @tensorflow/tfjs-node-gpu');
    expect(part?.get).toMatch(/npm ci.*npx negatoscope fetch tfjs-node-gpu/);
  });

  it.each([
    [[], 'libtensorflow, tfjs_binding.node'],
    [['deps/lib/libtensorflow.so.2'], 'tfjs_binding.node'],
    [['lib/napi-v8/tfjs_binding.node'], 'libtensorflow'],
  ])('lacks of its native part, where %o is there, %s', (files, missing) => {
    const [part] = missingTensorFlow(places({ packageFolder: folderWith(...files) }));
    expect(part).toEqual({
      what: `the package’s native part (${missing})`,
      get: 'run “npx negatoscope fetch tfjs-node-gpu”',
    });
  });

  it.each([
    ['libcudart.so.11.0', 'CUDA 11.2 (libcudart.so.11.0)'],
    ['libcufft.so.10', 'CUDA 11.2 (libcufft.so.10)'],
    ['libcudnn.so.8', 'cuDNN 8.1 (libcudnn.so.8)'],
    ['libcuda.so.1', 'an NVIDIA driver (libcuda.so.1)'],
  ])('without %s lacks %s', (left, part) => {
    const files = [...cuda, 'libcudnn.so.8', 'libcuda.so.1'].filter((name) => name !== left);
    expect(named(places({ libraryFolders: [folderWith(...files)] }))).toEqual([part]);
  });

  it('does not take newer versions, nor links to nothing, for what it needs', () => {
    const folder = folderWith(...cuda.slice(1), 'libcudart.so.12', 'libcudnn.so.9', 'libcuda.so.1');
    symlinkSync(join(folder, 'removed'), join(folder, 'libcudart.so.11.0'));
    expect(named(places({ libraryFolders: [folder, join(folder, 'nowhere')] }))).toEqual([
      'CUDA 11.2 (libcudart.so.11.0)',
      'cuDNN 8.1 (libcudnn.so.8)',
    ]);
  });

  it('is looked for by other names on Windows, whatever their capitals', () => {
    const files = ['CUDART64_110.dll', 'cublas64_11.dll', 'cublasLt64_11.dll', 'cufft64_10.dll'];
    const others = ['curand64_10.dll', 'cusolver64_11.dll', 'cusparse64_11.dll', 'nvcuda.dll'];
    const where = places({
      platform: 'win32',
      packageFolder: folderWith('deps/lib/tensorflow.dll', 'lib/napi-v8/tfjs_binding.node'),
      libraryFolders: [folderWith(...files, ...others)],
    });
    expect(named(where)).toEqual(['cuDNN 8.1 (cudnn64_8.dll)']);
  });
});

describe('the folders of the loader', () => {
  it('are those of LD_LIBRARY_PATH, of the list with its includes, and the usual ones', () => {
    const folder = folderWith('conf.d/other.txt');
    writeFileSync(join(folder, 'conf.d/cuda.conf'), '# CUDA\n/opt/cuda/lib64\n');
    const list = join(folder, 'ld.so.conf');
    writeFileSync(list, `include conf.d/*.conf\n/opt/lib # ours\ninclude ${list}\n`);
    const found = loaderFolders({
      platform: 'linux',
      environment: { LD_LIBRARY_PATH: '/a:/b' },
      ...{ list, usual: ['/usr/lib'] },
    });
    expect([...new Set(found)]).toEqual(['/a', '/b', '/opt/cuda/lib64', '/opt/lib', '/usr/lib']);
    const none = { platform: 'linux', environment: {}, list: join(folder, 'none'), usual: [] };
    expect(loaderFolders(none)).toEqual([]);
  });

  it('are those of PATH, and System32, on Windows', () => {
    const environment = { Path: 'C:\\cuda\\bin;D:\\x', SystemRoot: 'C:\\Windows' };
    expect(loaderFolders({ platform: 'win32', environment })).toEqual([
      ...['C:\\cuda\\bin', 'D:\\x', join('C:\\Windows', 'System32')],
    ]);
  });
});
