import { InferenceSession, Tensor } from 'onnxruntime-node';
import { encodeOnnxModel } from '../onnx/onnx-messages.ts';
import { sessionThreads } from '../threads/compute-limits.ts';
import { blockedOperators } from './kernels/blocked-convolution.ts';

const channels = 32;
const pixels = 2;
let found: Promise<number> | undefined;

/**
 * How many channels ONNX Runtime's blocked operators keep together on this processor (8 with AVX, 16
 * with AVX-512), or 0 where it has none. It depends on the processor alone, so all programs of a training
 * are recorded alike.
 */
export function processorBlock(): Promise<number> {
  found ??= measuredBlock();
  return found;
}

/** Lets ONNX Runtime reorder 0, 1, 2 … : the second pixel of the first channel follows its first block. */
async function measuredBlock(): Promise<number> {
  const shape = [1, channels, 1, pixels];
  const model = encodeOnnxModel({
    name: 'channel-block',
    nodes: [
      {
        operator: 'ReorderInput',
        domain: blockedOperators,
        inputs: ['x'],
        outputs: ['y'],
        attributes: {},
      },
    ],
    initialisers: [],
    inputs: [{ name: 'x', type: 'float32', dims: shape }],
    outputs: [{ name: 'y', type: 'float32', dims: shape }],
  });
  const x = Float32Array.from({ length: channels * pixels }, (_, at) => at);
  try {
    const session = await InferenceSession.create(model, {
      ...sessionThreads(1),
      logSeverityLevel: 4,
    });
    const { y } = await session.run({ x: new Tensor('float32', x, shape) });
    await session.release();
    return (y?.data as Float32Array).indexOf(1);
  } catch {
    // ONNX Runtime refuses these operators where it has no kernels for them.
    return 0;
  }
}
