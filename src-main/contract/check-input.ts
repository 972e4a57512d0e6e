import type { z } from 'zod';
import { EngineError } from './errors/errors.ts';
import { methods } from './methods.ts';
import type { MethodCheckedInput, MethodName } from './methods.ts';

/**
 * Checks the input of a call and fills in its defaults.
 * @throws EngineError bad-argument with one sentence that names the method or the field
 */
export function checkInput<M extends MethodName>(method: M, input: unknown): MethodCheckedInput<M> {
  if (!Object.hasOwn(methods, method)) {
    throw new EngineError('bad-argument', `The engine has no method "${method}".`);
  }
  const checked = methods[method].input.safeParse(input);
  if (checked.success) return checked.data as MethodCheckedInput<M>;
  throw new EngineError('bad-argument', firstProblem(checked.error.issues));
}

function firstProblem(problems: readonly z.core.$ZodIssue[]): string {
  const [problem] = problems;
  if (problem === undefined) return 'The input is not valid.';
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
  return `is not valid: ${problem.message}`;
}
