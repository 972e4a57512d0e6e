const longestWaitMs = 2000;

/** Resolves when the window has shown what it has to, at the latest after two seconds. */
export function whenIdle(): Promise<void> {
  return new Promise((resolve) => {
    // Safari has no such callback.
    if (!('requestIdleCallback' in globalThis)) setTimeout(resolve);
    else requestIdleCallback(() => resolve(), { timeout: longestWaitMs });
  });
}
