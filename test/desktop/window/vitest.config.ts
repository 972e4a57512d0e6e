import { defineConfig } from 'vitest/config';

/** The tests of the real window; `npm run test:desktop` runs them. */
export default defineConfig({
  test: {
    include: ['test/desktop/window/**/*.test.ts'],
    pool: 'forks',
    // Windows that take the focus from each other would fail by it.
    maxWorkers: 1,
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 60_000 } },
    globalSetup: ['test/libraries/made-once-folder.ts', 'test/desktop/window/global-setup.ts'],
  },
});
