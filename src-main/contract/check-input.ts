import { EngineError } from './errors/errors.ts';
import { firstProblem } from './first-problem.ts';
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
