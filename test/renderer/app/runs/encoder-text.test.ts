import { expect, it } from 'vitest';
import { encoderText } from '../../../../src-renderer/app/runs/encoder-text.ts';

it('calls an encoder by its name', () => {
  expect(encoderText({ encoder: 'resnet8', settings: { seed: 1 } })).toBe('resnet8');
});

it('tells what a head or an adapter stands on', () => {
  const settings = { frozen: { on: 1, name: 'clip' }, views: 8 };
  expect(encoderText({ encoder: 'adapter', settings })).toBe('adapter on clip · 8 kept views');
  // What is written there in another way is no encoder to stand on.
  expect(encoderText({ encoder: 'head', settings: { frozen: 'clip' } })).toBe('head');
});
