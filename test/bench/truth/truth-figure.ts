/** One number that a person reads, measured again. */
export interface TruthFigure {
  /** What it is, with its unit; a plain phrase. */
  readonly name: string;
  /** Its value, or several; shown with `digits` decimals. */
  readonly value: number | string;
  /** What it was before version 10 of the library; left out where it was not measured. */
  readonly before?: number | string;
  /** What the value should be or be compared with, in words. */
  readonly expected?: string;
}

/** What a section measures on. */
export interface TruthContext {
  /** A copy of the demo's library, which the section may write to. */
  readonly libraryFile: string;
  /** The folder of the demo's pictures. */
  readonly pictures: string;
  /** A folder that is deleted afterwards. */
  readonly scratch: string;
  /** Says what is going on. */
  readonly report: (message: string) => void;
}

/** A part of `npm run bench:truth`: figures on one subject. */
export interface TruthSection {
  readonly title: string;
  readonly measure: (context: TruthContext) => Promise<readonly TruthFigure[]>;
}
