import { defineConfig } from 'vitest/config';

const browserTests = 'test/e2e/**/*.test.ts';

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
          globalSetup: 'test/libraries/made-once-folder.ts',
          include: ['test/**/*.test.ts'],
          exclude: ['test/renderer/**', 'node_modules/**', browserTests],
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: [browserTests],
          globalSetup: ['test/libraries/made-once-folder.ts', 'test/e2e/shared-by-files.ts'],
        },
      },
    ],
  },
});
