import { describe, expect, it } from 'vitest';
import { crossingValues } from '../../../src-main/engine/networks/crossing-values.ts';
import type { GraphStep } from '../../../src-main/engine/networks/crossing-values.ts';

/** Steps as `output = operator(input, …)`. */
function steps(...lines: readonly string[]): GraphStep[] {
  return lines.map((line) => {
    const [, output = '', operator = '', inputs = ''] = /^(\w+) = (\w+)\((.*)\)$/.exec(line) ?? [];
    return { operator, inputs: inputs.split(', '), outputs: [output] };
  });
}

const cut = (lines: readonly string[], trained: readonly string[], outputs = ['y']) =>
  crossingValues({ steps: steps(...lines), pictures: 'x', outputs, trained: new Set(trained) });

const namesOf = (parts: readonly GraphStep[]): string[] => parts.flatMap(({ outputs }) => outputs);

describe('what crosses the cut before the first trained weight', () => {
  it('is one value of a chain, and the steps before and after it are apart', () => {
    const found = cut(['a = Conv(x, w1)', 'b = Relu(a)', 'c = Conv(b, w2)', 'y = Relu(c)'], ['w2']);
    expect(found.tensors).toEqual(['b']);
    expect(namesOf(found.before)).toEqual(['a', 'b']);
    expect(namesOf(found.after)).toEqual(['c', 'y']);
  });

  it('is the value of a shortcut alone where the branch follows from it without a product', () => {
    const lines = ['a = Conv(x, w1)', 'n = Norm(a)', 'm = Mul(n, w2)', 'y = Add(m, a)'];
    const found = cut(lines, ['w2']);
    expect(found.tensors).toEqual(['a']);
    expect(namesOf(found.after)).toEqual(['n', 'm', 'y']);
  });

  it('is each of two branches where neither follows from the other', () => {
    const lines = ['a = Conv(x, w1)', 'b = Conv(x, w2)', 'c = MatMul(a, w3)', 'y = Add(c, b)'];
    expect(cut(lines, ['w3']).tensors).toEqual(['a', 'b']);
    const shortcut = ['a = Conv(x, w1)', 'b = Conv(a, w2)', 'c = MatMul(b, w3)', 'y = Add(c, a)'];
    expect(cut(shortcut, ['w3']).tensors).toEqual(['a', 'b']);
  });

  it('is a value that is an output and not trained, beside the trained ones', () => {
    const lines = ['a = Conv(x, w1)', 's = Summary(a)', 'b = Conv(a, w2)', 'c = Conv(b, w3)'];
    expect(cut(lines, ['w3'], ['s', 'c']).tensors).toEqual(['s', 'b']);
    expect(cut(lines, ['w2'], ['s', 'c']).tensors).toEqual(['a']);
  });

  it('asks for shapes of earlier values, which are no values of pictures, and computes the rest of them', () => {
    const lines = [
      'a = Conv(x, w1)',
      'n = Shape(a)',
      'k = Gather(n, zero)',
      'b = Relu(a)',
      'c = MatMul(b, w2)',
      'y = Reshape(c, k)',
    ];
    const found = cut(lines, ['w2']);
    expect(found.tensors).toEqual(['b']);
    expect(found.shapes).toEqual(['n']);
    expect(namesOf(found.after)).toEqual(['k', 'c', 'y']);
    expect(namesOf(found.beforeShapes)).toEqual(['a', 'n', 'b']);
  });
});
