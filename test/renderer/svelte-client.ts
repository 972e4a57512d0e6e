import type { Environment } from 'vitest/runtime';

/** Node, in which Svelte is what it is in a browser: its runes react. */
const svelteClient: Environment = {
  name: 'svelte-client',
  viteEnvironment: 'client',
  setup: () => ({ teardown: () => undefined }),
};
export default svelteClient;
