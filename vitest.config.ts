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
          include: ['test/**/*.test.ts'],
          exclude: ['test/renderer/**', 'node_modules/**', browserTests],
        },
      },
      {
        extends: true,
        // A browser that shares two cores with a training now and then misses a beat; the second try is told.
        test: {
          name: 'browser',
          include: [browserTests],
          globalSetup: 'test/e2e/build-page.ts',
          retry: 1,
        },
      },
    ],
  },
});
