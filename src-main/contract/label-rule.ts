import { z } from 'zod';

/**
 * The rule that gives a picture its label: `none`; the `deepest` folder or the `top` one that is no
 * split; the `path` of all of them; the folder at a `level` (1 is the first sub-folder); or a `file`
 * that lists pictures and labels.
 */
export type LabelRule = 'none' | 'deepest' | 'top' | 'path' | `level:${number}` | `file:${string}`;

const rulePattern = /^(?:none|deepest|top|path|level:[1-9]\d?|file:.+)$/s;

export const labelRule = z.custom<LabelRule>(
  (value) => typeof value === 'string' && rulePattern.test(value),
  'Labels come from: none, deepest, top, path, level:1 (and so on), or file: and the path of a file.',
);

/** The rules by folders that a preview shows, in the order in which they are offered. */
export const folderRules = ['deepest', 'top', 'path', 'none'] as const;

/** The level of a rule by level, from 1; null for the other rules. */
export function levelOfRule(rule: LabelRule): number | null {
  return rule.startsWith('level:') ? Number(rule.slice('level:'.length)) : null;
}

/** The path of the file that a rule names; null for the other rules. */
export function fileOfRule(rule: LabelRule): string | null {
  return rule.startsWith('file:') ? rule.slice('file:'.length) : null;
}

/** Rows of a file of labels that name no picture, or not only one: how many, and some of them. */
export const unmatchedRows = z.object({ count: z.number().int(), examples: z.array(z.string()) });
export type UnmatchedRows = z.infer<typeof unmatchedRows>;

/** A class that a rule gives: how many pictures it has, and up to five of their paths. */
const previewedLabel = z.object({
  label: z.string(),
  count: z.number().int(),
  examples: z.array(z.string()),
});

/** What a rule would give in a folder; `labels` holds the largest classes, at most 200 of them. */
const labelPreview = z.object({
  rule: labelRule,
  classes: z.number().int(),
  unlabelled: z.number().int(),
  labels: z.array(previewedLabel),
});
export type LabelPreview = z.infer<typeof labelPreview>;

/** The rule that a folder's tree suggests and the reason, in a sentence. */
export const labelProposal = z.object({ rule: labelRule, reason: z.string() });
export type LabelProposal = z.infer<typeof labelProposal>;

/** What is known of the labels of one folder before and after a scan. */
export const folderLabels = z.object({
  folder: z.string(),
  /** The rule in force; null for a folder that was not scanned. */
  rule: labelRule.nullable(),
  /** Whether a person chose that rule; otherwise the tree suggested it. */
  isChosen: z.boolean(),
  pictures: z.number().int(),
  proposal: labelProposal,
  previews: z.array(labelPreview),
  splits: z.array(z.object({ split: z.string(), count: z.number().int() })),
});
export type FolderLabels = z.infer<typeof folderLabels>;
