import { describe, expect, it } from 'vitest';
import {
  diversityWords,
  hardnessWords,
} from '../../../../../src-renderer/pages/explore/generated/hardness-words.ts';
import { nearPictures } from '../../../../../src-renderer/pages/explore/generated/near-pictures.ts';

describe('generated negatives by the real pictures nearest to them', () => {
  it('are counted by picture, the one with most of them first', () => {
    const near = nearPictures({
      ids: Uint32Array.of(5, 9, 5, 7, 9, 5),
      similarity: Float32Array.of(0.5, 0.25, 0.75, 1, 0.75, 0.25),
      similarityToPicture: Float32Array.of(0.25, 0.5, 0.5, 0.125, 0.25, 0.75),
    });
    expect(near).toEqual([
      { id: 5, count: 3, similarity: 0.5, toAnchor: 0.5 },
      { id: 9, count: 2, similarity: 0.375, toAnchor: 0.5 },
      { id: 7, count: 1, similarity: 0.125, toAnchor: 1 },
    ]);
  });

  const measured = { pictures: 1117, meanSimilarity: 0.5, nearestSimilarity: 0.75 };

  it.each([
    [[0, 0, 9], 'Harder than all 1,117 real negatives: their'],
    [[0, 1, 9], 'As hard as the 2nd hardest of 1,117 real negatives'],
    [[0, 11, 900], 'As hard as the 12th hardest'],
    [[900, 1117, 1117], 'Easier than all 1,117 real negatives'],
    [[3, 20, 900], 'As hard as the 21st hardest'],
    [[3, 1021, 1100], 'As hard as the 1,022nd hardest'],
  ])('are as hard as the middle one of them: %j', (harder, words) => {
    const found = hardnessWords({ ...measured, harder: Uint32Array.from(harder) });
    expect(found).toContain(words);
    expect(found).toMatch(/mean similarity to the anchor is \.500, .* nearest picture \.750\.$/);
  });

  it('say how much they differ', () => {
    expect(diversityWords({ diversity: 0.0372 })).toContain('0.037; 0 where all are one');
  });
});
