import type { Environment } from 'vitest/runtime';

/** Node, in which Svelte is what it is in a browser: its runes react. */
const svelteClient: Environment = {
  name: 'svelte-client',
  viteEnvironment: 'client',
  setup(global: { window?: object }) {
    // Svelte looks at the window's pixel ratio as soon as its module is loaded.
    global.window = { devicePixelRatio: 1, matchMedia: () => new EventTarget() };
    return {
      teardown() {
        delete global.window;
      },
    };
  },
};
export default svelteClient;
