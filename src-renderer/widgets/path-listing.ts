interface PathEntry {
  readonly name: string;
  readonly path: string;
  /** What else to say of it, such as its size. */
  readonly note?: string;
}

/** A folder of the engine's machine with what may be chosen in it. */
export interface PathListing {
  readonly path: string;
  readonly parent: string | null;
  readonly folders: readonly PathEntry[];
  readonly files: readonly PathEntry[];
}
