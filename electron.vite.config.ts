import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { defineConfig } from 'electron-vite';
import page from './src-renderer/vite.config.ts';

const root = import.meta.dirname;
/** Tests build elsewhere, to leave the app that someone may be running alone. */
const out = process.env.BUILD_FOLDER ?? join(root, 'out');

/** What is started as `workerEntry('<path>')` is an entry of its own, `workers/<last part>.js`. */
const workers = Object.fromEntries(
  globSync('src-main/engine/**/*.ts', { cwd: root })
    .flatMap((file) => [
      ...readFileSync(join(root, file), 'utf8').matchAll(/workerEntry\('(.+?)'\)/g),
    ])
    .map(([, path = '']) => [
      `workers/${basename(path)}`,
      join(root, `src-main/engine/${path}.ts`),
    ]),
);

export default defineConfig({
  main: {
    build: {
      outDir: join(out, 'main'),
      target: 'node24',
      // From the sources the command line can build the page; a package does not hold the builder.
      externalizeDeps: { include: ['vite', 'electron-vite'] },
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
      outDir: join(out, 'preload'),
      // A sandboxed preload is one CommonJS file.
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: join(root, 'src-main/desktop/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    ...page,
    root: join(root, 'src-renderer'),
    build: {
      ...page.build,
      outDir: join(out, 'renderer'),
      rolldownOptions: { input: join(root, 'src-renderer/index.html') },
    },
  },
});
