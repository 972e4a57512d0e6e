import { recordGraph } from './trace.ts';
import type { ProgramSpec } from './program.ts';
import type { ObserveKernel } from './tracer-backend.ts';
import type { KernelCall } from './recorder/kernel-call.ts';
import { elementCount } from './recorder/traced-value.ts';
import type { TracedValue } from './recorder/traced-value.ts';

/** What a computation takes, of which a part depends on some of its inputs. */
export interface Work {
  /** Multiplications, about. */
  readonly multiplications: number;
  /** Those that depend on the inputs. */
  readonly dependent: number;
  /** The numbers that the gradients by the inputs need: the results that depend on them. */
  readonly kept: number;
}

/** Kernels that only name or move numbers. */
const moving =
  'Reshape ExpandDims Identity Cast Transpose BroadcastTo Slice StridedSlice Unpack SplitV'
    .split(' ')
    .concat('Fill');

/** Counts what a program takes, and what part of it depends on the inputs of these names. */
export function countWork(spec: ProgramSpec, names: ReadonlySet<string>): Work {
  const dependent = new Set(names);
  const work = { multiplications: 0, dependent: 0, kept: 0 };
  const observe: ObserveKernel = (call, results) => {
    const count = multiplicationsOf(call, results);
    work.multiplications += count;
    if (!Object.values(call.inputs).some(({ name }) => dependent.has(name))) return;
    for (const { name } of results) dependent.add(name);
    work.dependent += count;
    if (!moving.includes(call.kernel)) work.kept += elementsOf(results);
  };
  recordGraph(spec, { observe });
  return work;
}

function elementsOf(values: readonly TracedValue[]): number {
  return values.reduce((sum, { shape }) => sum + elementCount(shape), 0);
}

function multiplicationsOf(
  { kernel, inputs, attributes }: KernelCall,
  results: readonly TracedValue[],
): number {
  if (moving.includes(kernel)) return 0;
  const elements = elementsOf(results);
  const filter = inputs['filter']?.shape ?? [];
  if (kernel.includes('DepthwiseConv2d') || kernel.includes('DepthwiseConv2D')) {
    return elements * elementCount(filter.slice(0, 2));
  }
  if (kernel.includes('Conv2D')) return elements * elementCount(filter.slice(0, 3));
  if (!kernel.includes('MatMul')) return elements;
  const { transposeA } = attributes as { readonly transposeA?: boolean };
  return elements * (inputs['a']?.shape.at(transposeA ? -2 : -1) ?? 1);
}
