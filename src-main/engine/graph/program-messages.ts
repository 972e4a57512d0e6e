import type { NamedArray } from './program.ts';
import type { TracedModel } from './trace.ts';

/** A program to be run by one thread, on the processor. */
export interface ThreadedProgram extends Pick<TracedModel, 'model' | 'inputs' | 'outputs'> {
  readonly name: string;
}

/** One run. */
export interface RunRequest {
  readonly id: number;
  readonly feeds: Readonly<Record<string, NamedArray['values']>>;
}

/** Its outputs, or why there are none. The first reply, with the id `openedReply`, says that the program is open. */
export type RunReply = { readonly id: number } & (
  { readonly outputs: Record<string, NamedArray> } | { readonly error: string }
);

export const openedReply = -1;
