import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/renderer/**', 'node_modules/**'],
    pool: 'forks',
    maxWorkers: 2,
    // Trainings of some seconds become minutes on a machine with other work.
    testTimeout: 300_000,
    hookTimeout: 120_000,
  },
});
