import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { defineConfig } from 'vite';
import { listBundledPackages } from './packaging/bundled-packages.ts';
import { nativePackages, notPacked } from './packaging/native-packages.ts';

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

/** The engine and the command line as a plain Node program: out/engine. */
export default defineConfig({
  root,
  publicDir: false,
  plugins: [listBundledPackages(join(out, 'bundled/engine.json'))],
  ssr: { noExternal: true, external: [...nativePackages, ...notPacked] },
  build: {
    ssr: true,
    outDir: join(out, 'engine'),
    emptyOutDir: true,
    target: 'node24',
    rolldownOptions: {
      input: {
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
});
