import { describe, expect, it } from 'vitest';
import { networkGraph } from '../../../../src-main/engine/networks/onnx-operators/network-graph.ts';
import { networkWeights } from '../../../../src-main/engine/networks/onnx-operators/network-weights.ts';
import { decodeModel } from '../../../../src-main/engine/onnx/model-message.ts';
import { encodeOnnxModel } from '../../../../src-main/engine/onnx/onnx-messages.ts';
import type { OnnxNode } from '../../../../src-main/engine/onnx/onnx-messages.ts';

/** A chain of linear layers with these weights, after nodes that give some of them their names. */
function chain(weights: readonly string[], before: readonly OnnxNode[] = [], stored = weights) {
  const layers = weights.map((weight, at): OnnxNode => ({
    operator: 'MatMul',
    inputs: [`x${at}`, weight],
    outputs: [`x${at + 1}`],
    attributes: {},
  }));
  const bytes = new Uint8Array(Float32Array.of(1, 0, 0, 1).buffer);
  const model = encodeOnnxModel({
    name: 'chain',
    nodes: [...before, ...layers],
    initialisers: stored.map((name) => ({ name, type: 'float32', dims: [2, 2], bytes })),
    inputs: [{ name: 'x0', type: 'float32', dims: [1, 2] }],
    outputs: [{ name: `x${weights.length}`, type: 'float32', dims: [1, 2] }],
  });
  return networkWeights(networkGraph(decodeModel(model), 'x0', `x${weights.length}`));
}

const layersOf = (...weights: string[]): string[] => chain(weights).map(({ layer }) => layer);

describe('the layers of a network', () => {
  it('are the numbered modules, with a stem before and a top after them', () => {
    expect(
      layersOf('patch.weight', 'blocks.0.a.w', 'onnx::MatMul_7', 'blocks.1.a.w', 'norm.weight'),
    ).toEqual(['stem', 'blocks.0', 'blocks.0', 'blocks.1', 'top']);
    expect(layersOf('a.encoder.layer.5.q.w', 'stages.2.blocks.7.w', 'features.2.3.w')).toEqual([
      'a.encoder.layer.5',
      'stages.2.blocks.7',
      'features.2',
    ]);
  });

  it('are parts by the order of nodes where no name tells', () => {
    const names = Array.from({ length: 30 }, (_, at) => String(497 + at));
    const layers = layersOf(...names);
    expect(layers.slice(0, 4)).toEqual(['part1', 'part1', 'part1', 'part2']);
    expect(new Set(layers).size).toBe(10);
    expect(layersOf('1', '2')).toEqual(['part1', 'part2']);
  });

  it('hold weights of the same values that the file stores once, each by its own name', () => {
    const named: OnnxNode = {
      operator: 'Identity',
      inputs: ['layer.0.w'],
      outputs: ['layer.1.w'],
      attributes: {},
    };
    const found = chain(['layer.0.w', 'layer.1.w'], [named], ['layer.0.w']);
    expect(found.map(({ name, layer }) => [name, layer])).toEqual([
      ['layer.0.w', 'layer.0'],
      ['layer.1.w', 'layer.1'],
    ]);
    expect(found.every(({ matrix }) => matrix === 'inputs first')).toBe(true);
  });
});
