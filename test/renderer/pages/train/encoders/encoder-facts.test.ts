import { expect, it } from 'vitest';
import type { KnownEncoder } from '../../../../../src-main/contract/loaded-encoders.ts';
import { encoderFacts } from '../../../../../src-renderer/pages/train/encoders/encoder-facts.ts';

const encoder = (family: string, picturesPerSecond: number): KnownEncoder =>
  ({
    description: { kind: 'onnx', family },
    selfTest: { dimensions: 1536, picturesPerSecond, device: 'cpu' },
  }) as KnownEncoder;

it('tells the kind, the family, the length of vectors and the speed of an encoder', () => {
  expect(encoderFacts(encoder('dinov2', 41.6))).toBe(
    'ONNX · dinov2 · 1,536-d · 42 pictures/s on cpu',
  );
});

it('gives a slow one a decimal, and leaves out a family that nothing names', () => {
  expect(encoderFacts(encoder('', 0.84))).toBe('ONNX · 1,536-d · 0.8 pictures/s on cpu');
  expect(encoderFacts(encoder('', 10.4))).toContain(' 10 pictures/s');
});
