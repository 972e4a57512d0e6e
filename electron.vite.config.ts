import { join } from 'node:path';
import { defineConfig } from 'electron-vite';
import { listBundledPackages } from './packaging/bundled-packages.ts';
import page from './src-renderer/vite.config.ts';

const root = import.meta.dirname;
/** Tests build elsewhere, to leave the app that someone may be running alone. */
const out = process.env.BUILD_FOLDER ?? join(root, 'out');

export default defineConfig({
  main: {
    plugins: [listBundledPackages(join(out, 'bundled/main.json'))],
    build: {
      outDir: join(out, 'main'),
      target: 'node24',
      // The archive of a package holds no node_modules.
      externalizeDeps: false,
      rolldownOptions: {
        input: { main: join(root, 'src-main/desktop/main.ts') },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
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
    plugins: [page.plugins, listBundledPackages(join(out, 'bundled/page.json'))],
    root: join(root, 'src-renderer'),
    build: {
      ...page.build,
      outDir: join(out, 'renderer'),
      rolldownOptions: { input: join(root, 'src-renderer/index.html') },
    },
  },
});
