import { expect, it } from 'vitest';
import { recordedNegatives } from '../../src-main/contract/recorded-negatives.ts';

const wordsOf = (objective: string | null, settings: Record<string, unknown>): string | null => {
  const found = recordedNegatives({
    objective,
    settings: { batch: 64, pictures: 1000, ...settings },
  });
  return found && `${found.count} ${found.what}`;
};

it('counts what each view of an anchor was compared with', () => {
  expect(wordsOf('simclr', {})).toBe('126 views of its batch');
  expect(wordsOf('moco', { queueSize: 256 })).toBe('256 keys of the queue, less its own');
  expect(wordsOf('ir', { nceK: 0 })).toBe('999 vectors of the memory bank');
  expect(wordsOf('ir', { nceK: 250 })).toBe('250 draws of vectors of the memory bank');
  expect(wordsOf('prototypes', { prototypes: 40 })).toBe('39 centres of other clusters');
  const generated = { generatedNegatives: 100 };
  expect(wordsOf('negcut', generated)).toBe('100 generated negatives');
  expect(wordsOf('negcut', { ...generated, generatedUse: 'beside' })).toBe(
    '226 views of its batch, and 100 generated ones',
  );
  expect(wordsOf('simclr', { source: 'queue', queueSize: 128 })).toMatch(/^128 keys/);
});

it('says nothing of a run that was not trained here', () => {
  expect(wordsOf(null, {})).toBeNull();
  expect(wordsOf('moco', {})).toBeNull();
});
