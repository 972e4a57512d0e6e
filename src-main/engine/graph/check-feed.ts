import { EngineError } from '../../contract/errors/errors.ts';
import type { NamedArray } from './program.ts';
import type { ModelValue } from './trace.ts';

type Values = NamedArray['values'];

const arrayOfType: Readonly<Record<string, (values: Values) => boolean>> = {
  float32: (values) => values instanceof Float32Array,
  float64: (values) => values instanceof Float64Array,
  int32: (values) => values instanceof Int32Array,
  uint8: (values) => values instanceof Uint8Array,
};

/**
 * Checks the number and type of the values for an input, and returns them.
 * @throws EngineError internal, naming the input
 */
export function checkFeed(program: string, input: ModelValue, values: Values | undefined): Values {
  const size = input.shape.reduce((product, dim) => product * dim, 1);
  if (values?.length === size && arrayOfType[input.type]?.(values)) return values;
  const given = values ? `${values.length} numbers in a ${values.constructor.name}` : 'nothing';
  throw new EngineError(
    'internal',
    `The program '${program}' was fed ${given} as '${input.name}', which takes ${size} numbers of ${input.type}.`,
  );
}
