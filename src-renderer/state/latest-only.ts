/**
 * Keeps one request on the way at a time and sends only the newest of those that came meanwhile;
 * `receive` sees every answer that is still wanted. Rejects with the request's error.
 */
export function latestOnly<I, O>(
  ask: (input: I) => Promise<O>,
  receive: (output: O, input: I) => void,
): (input: I) => Promise<void> {
  let waiting: { readonly input: I } | null = null;
  let running: Promise<void> | null = null;

  async function drain(): Promise<void> {
    while (waiting) {
      const { input } = waiting;
      waiting = null;
      const output = await ask(input);
      if (!waiting) receive(output, input);
    }
  }

  return (input) => {
    waiting = { input };
    running ??= drain().finally(() => {
      running = null;
    });
    return running;
  };
}
