import type { Command, Option } from 'commander';
import type { z } from 'zod';
import { compareInput } from '../contract/comparison.ts';
import { exportAtlasInput, exportInput } from '../contract/exports.ts';
import { importInput } from '../contract/imports.ts';
import { mapInput } from '../contract/map.ts';
import { mineInput } from '../contract/mining.ts';
import { nearDuplicatesInput } from '../contract/near-duplicates.ts';
import { negativesInput, neighboursInput } from '../contract/negatives.ts';
import { embedInput, evaluateInput, trainInput } from '../contract/runs.ts';
import { payInput } from '../contract/pay.ts';
import { textSearchInput } from '../contract/text-search.ts';
import { verdictQueueInput } from '../contract/verdict-queue.ts';

/** What the engine takes of each command: where a default is, when its option is left out. */
const inputs: Readonly<Record<string, readonly z.ZodObject[]>> = {
  train: [trainInput],
  embed: [embedInput],
  import: [importInput],
  map: [mapInput],
  neighbours: [neighboursInput],
  search: [textSearchInput],
  'near-duplicates': [nearDuplicatesInput],
  negatives: [negativesInput],
  review: [verdictQueueInput],
  evaluate: [evaluateInput],
  compare: [compareInput],
  pay: [payInput],
  export: [exportInput, exportAtlasInput],
  mine: [mineInput],
};

/** Adds to the help of a command's options what is taken where they are left out. */
export function showDefaults(command: Command): void {
  const schemas = inputs[command.name()] ?? [];
  for (const option of command.options) {
    if (option.defaultValue !== undefined || option.negate) continue;
    const value = schemas.map((schema) => defaultOf(schema, option)).find((one) => one !== null);
    if (value !== undefined) option.description += ` (default: ${JSON.stringify(value)})`;
  }
}

/** Null where the field has none; a switch that is off says nothing either. */
function defaultOf({ shape }: z.ZodObject, option: Option): string | number | true | null {
  const name = option.attributeName();
  // Mining has the names of sentence-transformers: --num-negatives is num_negatives.
  const snake = name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const fields: Readonly<Record<string, z.ZodType>> = shape;
  const parsed = (fields[name] ?? fields[snake])?.safeParse(undefined);
  const value: unknown = parsed?.success ? parsed.data : undefined;
  const isWord = typeof value === 'string' || typeof value === 'number' || value === true;
  return isWord ? value : null;
}
