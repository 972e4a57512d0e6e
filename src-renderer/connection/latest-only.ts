/**
 * Sends a request; `drop` discards the one under way and those waiting, their answers and errors
 * too.
 */
export interface LatestOnly<I> {
  (input: I): Promise<void>;
  drop(): void;
}

/**
 * Has one request under way at a time and sends only the newest of those that came meanwhile;
 * `receive` sees every answer that is still wanted. Rejects with the newest request's error only.
 */
export function latestOnly<I, O>(
  ask: (input: I) => Promise<O>,
  receive: (output: O, input: I) => void,
): LatestOnly<I> {
  const waiting: I[] = [];
  let isBusy = false;
  let isDropped = false;
  let running = Promise.resolve();

  async function answer(input: I): Promise<void> {
    let output: O;
    try {
      output = await ask(input);
    } catch (error) {
      if (waiting.length > 0 || isDropped) return;
      throw error;
    }
    if (waiting.length === 0 && !isDropped) receive(output, input);
  }

  async function drain(): Promise<void> {
    isBusy = true;
    try {
      for (let input = waiting.pop(); input !== undefined; input = waiting.pop()) {
        waiting.length = 0;
        isDropped = false;
        await answer(input);
      }
    } finally {
      // Without an await since the last look at `waiting`: what comes later starts anew.
      isBusy = false;
    }
  }

  function send(input: I): Promise<void> {
    waiting.push(input);
    if (!isBusy) running = drain();
    return running;
  }

  function drop(): void {
    waiting.length = 0;
    isDropped = true;
  }

  return Object.assign(send, { drop });
}
