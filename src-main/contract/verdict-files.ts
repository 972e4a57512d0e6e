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
 * The result for each row of an imported file. Of two verdicts on a pair the later one is stored; of
 * two at the same time that of the file, so that importing a file again changes nothing.
 */
export const verdictImport = z.object({
  added: z.number().int(),
  /** Rows that replaced an earlier verdict on the pair. */
  changed: z.number().int(),
  unchanged: z.number().int(),
  /** Rows that are earlier than a verdict in the library. */
  older: z.number().int(),
  /** Stored verdicts on pictures that are not in the library; they count once the pictures are. */
  awaiting: z.number().int(),
  /** Rows that join two groups of at least five pictures each. */
  joins: z.number().int(),
  /** Runs that suggested pairs elsewhere and do not exist in this library. */
  unknownRuns: z.array(z.string()),
  /**
   * Rows that were skipped: all are counted, the first hundred are listed. The header is row 1 of a CSV
   * file.
   */
  refused: z.number().int(),
  reasons: z.array(z.object({ row: z.number().int(), reason: z.string() })),
});
export type VerdictImport = z.infer<typeof verdictImport>;
