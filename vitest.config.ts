import { join } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

const browserTests = 'test/e2e/**/*.test.ts';
const rendererTests = 'test/renderer/**/*.test.ts';
const windowTests = 'test/desktop/window/**/*.test.ts';
const madeOnceFolder = 'test/libraries/made-once-folder.ts';

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    // Trainings of some seconds become minutes on a machine with other work.
    testTimeout: 300_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 60_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'engine',
          include: ['test/**/*.test.ts'],
          exclude: ['node_modules/**', rendererTests, browserTests, windowTests],
          globalSetup: madeOnceFolder,
        },
      },
      {
        extends: true,
        plugins: [svelte({ configFile: join(import.meta.dirname, 'svelte.config.js') })],
        resolve: { conditions: ['browser'] },
        test: {
          name: 'renderer',
          // Runes are compiled for a browser: for Node's own environment nothing would react.
          environment: './test/renderer/svelte-client.ts',
          include: [rendererTests],
          css: true,
          globalSetup: 'test/contract/serve-emoji-engines.ts',
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: [browserTests],
          globalSetup: [madeOnceFolder, 'test/e2e/shared-by-files.ts'],
        },
      },
    ],
  },
});
