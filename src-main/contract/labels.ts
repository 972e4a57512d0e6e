import { z } from 'zod';
import { labelRule, unmatchedRows } from './label-rule.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/, 'A picture is named by its content hash.');

/** The labels that a person gives a picture: `[]` for none, null to take back what was given. */
const labelEdit = z.object({
  hash,
  labels: z.array(z.string().trim().min(1, 'A label needs a name.')).nullable(),
});
export type LabelEdit = z.infer<typeof labelEdit>;

export const editLabelsInput = z.object({ edits: z.array(labelEdit).min(1) });

/** The edits that put back what an edit replaced. */
export const formerLabels = z.object({ edits: z.array(labelEdit) });

/**
 * The new rule of one scanned folder, named by its absolute path, or of all where left out. `folder` is
 * the rule that the tree of folders suggests.
 */
export const setLabelRuleInput = z.object({
  folder: z.string().optional(),
  rule: z.union([z.literal('folder'), labelRule]),
});

/** A picture whose files lie in folders of different labels: it has no label until one is given. */
const labelConflict = z.object({
  id: z.number().int(),
  hash: z.string(),
  labels: z.array(z.string()),
  paths: z.array(z.string()),
});
export type LabelConflict = z.infer<typeof labelConflict>;

/** A picture that is in several splits, so that what is tested was trained on. */
const sharedPicture = z.object({
  id: z.number().int(),
  hash: z.string(),
  splits: z.array(z.string()),
  paths: z.array(z.string()),
});
export type SharedPicture = z.infer<typeof sharedPicture>;

export const labelProblems = z.object({
  conflicts: z.array(labelConflict),
  shared: z.array(sharedPicture),
});
export type LabelProblems = z.infer<typeof labelProblems>;

/** The file's name says its format by its ending: .csv, .tsv, .txt or .json. */
export const importLabelsInput = z.object({ name: z.string(), text: z.string() });
export const importedLabels = z.object({
  changed: z.number().int(),
  unchanged: z.number().int(),
  unmatched: unmatchedRows,
  /** The edits that put back what was there before. */
  former: z.array(labelEdit),
});
export type ImportedLabels = z.infer<typeof importedLabels>;

/** With `all`, the labels of all pictures; otherwise those given by hand. */
export const exportLabelsInput = z.object({ all: z.boolean().default(false) });
export const exportedLabels = z.object({ text: z.string(), pictures: z.number().int() });
