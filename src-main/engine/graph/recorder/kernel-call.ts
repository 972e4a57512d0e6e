import { EngineError } from '../../../contract/errors/errors.ts';
import type { GraphRecorder } from './graph-recorder.ts';
import type { TracedValue } from './traced-value.ts';

/** One call of a tfjs kernel while a program is traced. */
export interface KernelCall {
  readonly kernel: string;
  readonly graph: GraphRecorder;
  /** By tfjs's input names; kernels that take a list name its elements '0', '1', … */
  readonly inputs: Readonly<Record<string, TracedValue>>;
  readonly attributes: unknown;
}

/** Records the computation of a tfjs kernel as ONNX nodes. */
export type TracedKernel = (call: KernelCall) => TracedValue | TracedValue[];

export type KernelTable = Readonly<Record<string, TracedKernel>>;

/** The input with this name; a missing one is an error that names the kernel. */
export function input(call: KernelCall, name: string): TracedValue {
  const value = call.inputs[name];
  if (!value) throw unsupported(call, `was called without its input '${name}'`);
  return value;
}

/** The error for a kernel, or for a use of it, that cannot be recorded. */
export function unsupported(call: Pick<KernelCall, 'kernel'>, why: string): EngineError {
  return new EngineError(
    'unsupported-operation',
    `The operation '${call.kernel}' ${why}, so this program cannot run on ONNX Runtime.`,
  );
}
