import type { z } from 'zod';

/** The first of a schema's problems as a sentence that names the field; empty without any. */
export function firstProblem(problems: readonly z.core.$ZodIssue[]): string {
  const [problem] = problems;
  if (problem === undefined) return '';
  const field = problem.path.filter((part) => part !== 'input').join('.');
  // Our own schemas have sentences as messages; zod's messages need the field's name before them.
  if (problem.message.endsWith('.')) return problem.message;
  return field === '' ? `${problem.message}.` : `"${field}" ${demand(problem)}.`;
}

/** What a field must be, in words, where zod reports the type it found. */
function demand(problem: z.core.$ZodIssue): string {
  const unit =
    'origin' in problem && problem.origin === 'string'
      ? ' characters long'
      : 'origin' in problem && problem.origin === 'array'
        ? ' entries long'
        : '';
  if (problem.code === 'too_small') {
    const bound = problem.inclusive === false ? 'more than' : 'at least';
    return `must be ${bound} ${problem.minimum}${unit}`;
  }
  if (problem.code === 'too_big') {
    const bound = problem.inclusive === false ? 'less than' : 'at most';
    return `must be ${bound} ${problem.maximum}${unit}`;
  }
  if (problem.code === 'invalid_value') return `must be one of ${problem.values.join(', ')}`;
  return typeDemand(problem) ?? `is not valid: ${problem.message}`;
}

function typeDemand(problem: z.core.$ZodIssue): string | null {
  if (problem.code !== 'invalid_type') return null;
  if (problem.expected === 'int') return 'must be a whole number';
  return problem.expected === 'number' ? 'must be a number' : null;
}
