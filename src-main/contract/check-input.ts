import { EngineError } from './errors.ts';
import { methods } from './methods.ts';
import type { MethodCheckedInput, MethodName } from './methods.ts';

/**
 * The input of a call with its defaults filled in.
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

interface Problem {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

function firstProblem(problems: readonly Problem[]): string {
  const [problem] = problems;
  if (problem === undefined) return 'The input is not valid.';
  const field = problem.path.filter((part) => part !== 'input').join('.');
  // Our own schemas speak in sentences; zod's messages need the field's name before them.
  if (problem.message.endsWith('.')) return problem.message;
  return field === '' ? `${problem.message}.` : `"${field}": ${problem.message}.`;
}
