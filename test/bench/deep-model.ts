import { weights } from '../engine/encoders/loaded/test-models.ts';
import type { TestModel, TestNode, TestTensor } from '../engine/encoders/loaded/write-onnx.ts';

const stages = [64, 128, 256, 512] as const;

/** A plain convolutional net of a ResNet-18's layers, without its shortcuts: 224 px, [batch, 512]. */
export function deepModel(): TestModel {
  const nodes: TestNode[] = [];
  const tensors: TestTensor[] = [];
  let [from, channels] = ['pixel_values', 3];
  const layer = (width: number, kernel: number, stride: number): void => {
    const name = `layer${tensors.length}`;
    const fanIn = channels * kernel * kernel;
    const dims = [width, channels, kernel, kernel];
    tensors.push(weights(`${name}Filters`, dims, tensors.length + 1, Math.sqrt(2 / fanIn)));
    const pad = (kernel - 1) / 2;
    const attributes = { strides: [stride, stride], pads: [pad, pad, pad, pad] };
    nodes.push({
      op: 'Conv',
      in: [from, `${name}Filters`],
      out: [`${name}Conv`],
      with: attributes,
    });
    nodes.push({ op: 'Relu', in: [`${name}Conv`], out: [name] });
    [from, channels] = [name, width];
  };
  layer(64, 7, 4);
  for (const [stage, width] of stages.entries()) {
    for (let place = 0; place < 4; place++) layer(width, 3, stage > 0 && place === 0 ? 2 : 1);
  }
  nodes.push({ op: 'GlobalAveragePool', in: [from], out: ['pool'] });
  nodes.push({ op: 'Flatten', in: ['pool'], out: ['features'] });
  return {
    inputs: [{ name: 'pixel_values', type: 'float32', shape: ['batch', 3, 224, 224] }],
    outputs: [{ name: 'features', type: 'float32', shape: ['batch', 512] }],
    nodes,
    tensors,
  };
}
