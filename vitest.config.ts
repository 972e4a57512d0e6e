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
    // So do answers of a page that is drawn in software; what is right at once is not waited for.
    expect: { poll: { timeout: 30_000 } },
  },
});
