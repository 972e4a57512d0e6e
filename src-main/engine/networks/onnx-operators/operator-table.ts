import { elementwiseOperators } from './elementwise-operators.ts';
import { matrixOperators } from './matrix-operators.ts';
import { normalisingOperators } from './normalising-operators.ts';
import type { OperatorTable } from './operator-call.ts';
import { shapeOperators } from './shape-operators.ts';
import { windowOperators } from './window-operators.ts';

/** Every ONNX operator that can be trained through, by its name. */
export const operatorTable: OperatorTable = {
  ...elementwiseOperators,
  ...matrixOperators,
  ...normalisingOperators,
  ...shapeOperators,
  ...windowOperators,
};
