import type { Engine } from './engine.ts';

/**
 * Lets the process of an engine that people work with go on after an error that nothing has caught, as of
 * an event handler or a promise: the whole error is logged, and every client is told its sentence. For the
 * rest of the process's life.
 */
export function outliveErrors(
  engine: Pick<Engine, 'tellFault'>,
  log: (text: string) => void,
): void {
  // A promise that nobody waits for comes here, too.
  process.on('uncaughtException', (error: unknown) => {
    log(`${error instanceof Error ? error.stack : String(error)}\n`);
    // A client that cannot be told must not be told of that.
    try {
      engine.tellFault(error);
    } catch (untold) {
      log(`${String(untold)}\n`);
    }
  });
}
