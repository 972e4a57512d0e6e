import { z } from 'zod';

export const verdictFormat = z.enum(['csv', 'json']);
export type VerdictFormat = z.infer<typeof verdictFormat>;

/** The columns of a file of verdicts; in JSON, the fields of each entry. */
export const verdictColumns = [
  'anchor_hash',
  'candidate_hash',
  'anchor_path',
  'candidate_path',
  'verdict',
  'note',
  'time',
  'run',
] as const;

export const exportVerdictsInput = z.object({ format: verdictFormat });
export const exportedVerdicts = z.object({
  /** The whole file. */
  text: z.string(),
  verdicts: z.number().int(),
});

export const importVerdictsInput = z.object({ text: z.string(), format: verdictFormat });

/**
 * What became of each row of an imported file. Of two verdicts on a pair the later one stays, and at the
 * same time the file's, so that importing a file again changes nothing.
 */
export const verdictImport = z.object({
  added: z.number().int(),
  /** Took the place of an earlier verdict on the pair. */
  changed: z.number().int(),
  unchanged: z.number().int(),
  /** Rows that gave way to a later verdict in the library. */
  older: z.number().int(),
  /** Verdicts kept on pictures that the library does not have; they count once it does. */
  awaiting: z.number().int(),
  /** Runs that suggested pairs elsewhere and are not in this library. */
  unknownRuns: z.array(z.string()),
  /** Rows that were skipped: all are counted, the first hundred told. The header is row 1 of a CSV file. */
  refused: z.number().int(),
  reasons: z.array(z.object({ row: z.number().int(), reason: z.string() })),
});
export type VerdictImport = z.infer<typeof verdictImport>;
