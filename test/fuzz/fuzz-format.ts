import type { Random } from '../../src-main/engine/numeric/random.ts';

/** What is read at one time: files by their path in a folder, or bytes that are sent. */
export interface FuzzInput {
  readonly files: Readonly<Record<string, Uint8Array>>;
  /** The one of them that was changed, and is opened. */
  readonly path: string;
  /** What was done to it, for whoever looks at a failure. */
  readonly story: string;
}

/** Makes inputs of one format, and has the engine read them, until its process is ended. */
export interface FuzzReader {
  make(random: Random): FuzzInput;
  /**
   * Reads an input whose files lie in `folder`.
   * @throws EngineError where it is refused
   */
  read(folder: string, input: FuzzInput): Promise<void>;
}

/** A format that is fuzzed. */
export interface FuzzFormat {
  readonly name: string;
  /** What people call it. */
  readonly title: string;
  /** Whether reading may write into the folder of the input, as opening a library does. */
  readonly writesBeside?: boolean;
  /** Makes the valid samples; `scratch` is an empty folder that stays until the end. */
  open(scratch: string): Promise<FuzzReader>;
}
