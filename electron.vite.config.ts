import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { defineConfig } from 'electron-vite';
import page from './src-renderer/vite.config.ts';

const root = import.meta.dirname;

/** Each worker is an entry of its own, found by src-main/engine/worker-entry.ts at `workers/<name>.js`. */
const workers = Object.fromEntries(
  globSync('src-main/engine/**/*.worker.ts', { cwd: root }).map((file) => [
    `workers/${basename(file, '.ts')}`,
    join(root, file),
  ]),
);

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      target: 'node24',
      rolldownOptions: {
        input: {
          main: join(root, 'src-main/desktop/main.ts'),
          'engine-process': join(root, 'src-main/desktop/engine-process.ts'),
          cli: join(root, 'src-main/cli/main.ts'),
          ...workers,
        },
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          // Shared code stays beside the entries: worker-entry.ts finds the workers from there.
          chunkFileNames: '[name]-[hash].js',
          codeSplitting: { groups: [{ name: 'worker-entry', test: /worker-entry\.ts$/ }] },
        },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      // A sandboxed preload is one CommonJS file.
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: join(root, 'src-main/desktop/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: { ...page, root: join(root, 'src-renderer') },
});
