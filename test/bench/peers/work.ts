import type { PeerModule } from './peer-packages.ts';

/** The sizes of a piece of work by name, as `--set points=500` changes them. */
export type Sizes = Readonly<Record<string, number>>;

/** What one turn printed. */
export interface TurnResult {
  /** Who did it, with the version. */
  readonly by: string;
  /** Seconds by name; of work on many pictures, seconds a picture. */
  readonly seconds: Readonly<Record<string, number>>;
  /** Other numbers, of which the median is shown: accuracy, number of weights. */
  readonly notes: Readonly<Record<string, number>>;
}

/** One of the two that are compared; each of its turns is a process of its own. */
export type Side =
  | {
      readonly kind: 'node';
      /** A file in turns/, without its ending. */
      readonly turn: string;
      readonly sizes?: Sizes;
    }
  | {
      readonly kind: 'python';
      /** A file in python/. */
      readonly script: string;
      /** Before the sizes. */
      readonly args?: readonly string[];
      readonly needs: readonly PeerModule[];
      readonly sizes?: Sizes;
    };

/** What a figure must be: how many times as fast as the peer, or how many seconds at most. */
export type Bar = { readonly atLeast: number } | { readonly atMost: number };

/** A row of the table. */
export interface WorkRow {
  readonly name: string;
  readonly title: string;
  /** Which of a turn's seconds it shows. */
  readonly figure: string;
  readonly bar: Bar | null;
}

/** A piece of work that is measured. */
export interface Work {
  /** As `--only` takes it. */
  readonly name: string;
  readonly sizes: Sizes;
  /** Writes what both sides read into a folder, before the first turn. */
  readonly prepare?: (folder: string, sizes: Sizes) => Promise<void>;
  readonly ours: Side;
  readonly peer: Side | null;
  readonly rows: readonly [WorkRow, ...WorkRow[]];
  /** Whether it takes so long that it is only done when it is named, or with `--full`. */
  readonly onlyWhenAsked?: boolean;
  /** The sizes of `--grow`. */
  readonly growth?: readonly Sizes[];
}
