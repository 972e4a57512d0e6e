import { describe, expect, it } from 'vitest';
import { EngineError } from '../../../../src-main/contract/errors/errors.ts';
import { refusalOf } from '../../../../src-renderer/app/training/refusal.ts';

describe('a refusal', () => {
  it('is the sentence of the contract, or nothing', () => {
    const refuse = (): never => {
      throw new EngineError('bad-argument', 'A batch of one has no negatives.');
    };
    expect(refusalOf(refuse)).toBe('A batch of one has no negatives.');
    expect(refusalOf(() => 'whatever')).toBe('');
  });

  it('is not what a fault in the program says', () => {
    const fail = (): never => {
      throw new TypeError('x is undefined');
    };
    expect(() => refusalOf(fail)).toThrow(TypeError);
  });
});
