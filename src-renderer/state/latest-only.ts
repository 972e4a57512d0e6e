/**
 * Keeps one request on the way at a time and sends only the newest of those that came meanwhile;
 * `receive` sees every answer that is still wanted. Rejects with the request's error.
 */
export function latestOnly<I, O>(
  ask: (input: I) => Promise<O>,
  receive: (output: O, input: I) => void,
): (input: I) => Promise<void> {
  const waiting: I[] = [];
  let running: Promise<void> | null = null;

  async function drain(): Promise<void> {
    for (let input = waiting.pop(); input !== undefined; input = waiting.pop()) {
      waiting.length = 0;
      const output = await ask(input);
      if (waiting.length === 0) receive(output, input);
    }
  }

  return (input) => {
    waiting.push(input);
    running ??= drain().finally(() => {
      running = null;
    });
    return running;
  };
}
