import './errors/without-eval.ts';
import { z } from 'zod';
import { EngineError } from './errors/errors.ts';

/**
 * Which pictures do not vote for one another where an accuracy is measured, because they are too alike to
 * show that an encoder understands: near-duplicates, pictures that verdicts say are the same thing, and
 * pictures whose names have the same part: what the pattern's first group catches of the path.
 */
export const leaveOut = z.object({
  nearDuplicates: z.boolean().default(false),
  verdicts: z.boolean().default(false),
  /** A regular expression; null for no part of the name. */
  name: z.string().min(1).nullable().default(null),
});
export type LeaveOut = z.infer<typeof leaveOut>;

export const nothingLeftOut: LeaveOut = { nearDuplicates: false, verdicts: false, name: null };

/** Whether every other picture votes. */
export function isNothing({ nearDuplicates, verdicts, name }: LeaveOut): boolean {
  return !nearDuplicates && !verdicts && name === null;
}

const namePrefix = 'name:';

/**
 * Reads `near-duplicates,verdicts,name:REGEX`, or `none`; the expression is all that follows `name:`.
 * @throws EngineError bad-argument for another word or an expression that is none
 */
export function parseLeaveOut(text: string): LeaveOut {
  const at = /(?:^|,)name:/.exec(text);
  const words = (at === null ? text : text.slice(0, at.index)).split(',').map((one) => one.trim());
  const name = at === null ? null : text.slice(at.index).replace(/^,?name:/, '');
  for (const word of words) {
    if (['near-duplicates', 'verdicts', 'none', ''].includes(word)) continue;
    throw new EngineError(
      'bad-argument',
      `"${word}" cannot be left out; name near-duplicates, verdicts, ${namePrefix}REGEX or none, separated by commas.`,
    );
  }
  if (name !== null) nameExpression(name);
  const found = { nearDuplicates: words.includes('near-duplicates'), name };
  return { ...found, verdicts: words.includes('verdicts') };
}

/** The choice as `parseLeaveOut` reads it; empty where nothing is left out. */
export function leaveOutText({ nearDuplicates, verdicts, name }: LeaveOut): string {
  return [
    ...(nearDuplicates ? ['near-duplicates'] : []),
    ...(verdicts ? ['verdicts'] : []),
    ...(name === null ? [] : [`${namePrefix}${name}`]),
  ].join(',');
}

/**
 * The expression of a name pattern, which must have a group to catch.
 * @throws EngineError bad-argument
 */
export function nameExpression(pattern: string): RegExp {
  try {
    const expression = new RegExp(pattern, 'u');
    // With an empty alternative it always matches, and tells how many groups there are.
    if ((new RegExp(`${pattern}|`, 'u').exec('')?.length ?? 0) > 1) return expression;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new EngineError('bad-argument', `The name pattern cannot be read: ${reason}.`);
  }
  throw new EngineError(
    'bad-argument',
    `The name pattern "${pattern}" has no group: put the part of the name that alike pictures share in brackets, such as ([^/]+)__.`,
  );
}

/** What was left out, in words after "without"; empty where nothing was. */
export function leftOutWords(text: string): string {
  if (text === '') return '';
  const { nearDuplicates, verdicts, name } = parseLeaveOut(text);
  const words = [
    ...(nearDuplicates ? ['near-duplicates'] : []),
    ...(verdicts ? ['verdict groups'] : []),
    ...(name === null ? [] : ['pictures of the same name']),
  ];
  return `without ${words.join(', ')}`;
}
