import { z } from 'zod';
import { machine } from './machine.ts';
import { spreadOf } from './spread.ts';

const sizes = z.record(z.string(), z.number());

/** One side of a row, in seconds. */
const measuredSide = z.object({
  by: z.string(),
  median: z.number(),
  turns: z.array(z.number()),
  notes: z.record(z.string(), z.number()),
});
export type MeasuredSide = z.infer<typeof measuredSide>;

const spread = z.object({
  ...{ median: z.number(), lowest: z.number(), highest: z.number() },
  ...{ lowerQuartile: z.number(), upperQuartile: z.number() },
});

const bar = z.union([z.object({ atLeast: z.number() }), z.object({ atMost: z.number() })]);

/** A row of the table as it was measured. */
export const measuredRow = z.object({
  name: z.string(),
  title: z.string(),
  sizes,
  ours: measuredSide,
  /** Null for work that has no peer, or whose peer is not there. */
  peer: measuredSide.nullable(),
  /** The peer's time over ours, turn by turn: how many times as fast ours is. */
  ratio: z.object({ ...spread.shape, turns: z.array(z.number()) }).nullable(),
  bar: bar.nullable(),
  /** Whether the median keeps the bar; null where there is none, or nothing to hold against it. */
  keepsBar: z.boolean().nullable(),
});
export type MeasuredRow = z.infer<typeof measuredRow>;

/** What a run of the benchmarks leaves, as `--json` prints it and `--out` writes it. */
export const benchResults = z.object({
  /** When it began. */
  at: z.iso.datetime(),
  machine,
  turns: z.number().optional(),
  /** Work that was measured beside a peer, or against a bar. */
  rows: z.array(measuredRow).default([]),
  /** Sentences on what could not be measured. */
  notMeasured: z.array(z.string()).default([]),
  /** The benchmarks without turns, by name. */
  figures: z.record(z.string(), z.unknown()).default({}),
});
export type BenchResults = z.infer<typeof benchResults>;

/** The seconds and the notes of some turns. */
export function measuredSideOf(
  by: string,
  turns: readonly number[],
  notes: readonly Readonly<Record<string, number>>[],
): MeasuredSide {
  const names = new Set(notes.flatMap((each) => Object.keys(each)));
  const medians = [...names].map((name) => {
    const values = notes.flatMap((each) => each[name] ?? []);
    return [name, spreadOf(values).median] as const;
  });
  return {
    by,
    median: spreadOf(turns).median,
    turns: [...turns],
    notes: Object.fromEntries(medians),
  };
}
