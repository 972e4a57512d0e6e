/**
 * Keeps one request on the way at a time and sends only the newest of those that came meanwhile;
 * `receive` sees every answer that is still wanted. Rejects with the newest request's error: what
 * became of an older one is no longer asked.
 */
export function latestOnly<I, O>(
  ask: (input: I) => Promise<O>,
  receive: (output: O, input: I) => void,
): (input: I) => Promise<void> {
  const waiting: I[] = [];
  let isBusy = false;
  let running = Promise.resolve();

  async function answer(input: I): Promise<void> {
    let output: O;
    try {
      output = await ask(input);
    } catch (error) {
      if (waiting.length > 0) return;
      throw error;
    }
    if (waiting.length === 0) receive(output, input);
  }

  async function drain(): Promise<void> {
    isBusy = true;
    try {
      for (let input = waiting.pop(); input !== undefined; input = waiting.pop()) {
        waiting.length = 0;
        await answer(input);
      }
    } finally {
      // In the same breath as the last look at `waiting`: what comes later starts anew.
      isBusy = false;
    }
  }

  return (input) => {
    waiting.push(input);
    if (!isBusy) running = drain();
    return running;
  };
}
