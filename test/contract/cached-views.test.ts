import { describe, expect, it } from 'vitest';
import { cachedViewsOf, viewCount } from '../../src-main/contract/cached-views.ts';

describe('the cached views of a training', () => {
  it.each([
    ['head', undefined, 8],
    ['adapter', 4, 4],
    ['adapter', 0, 0],
    ['finetune', undefined, 0],
    ['finetune', 6, 6],
    ['resnet8', 8, 0],
  ] as const)('of %s with %s are %i', (encoder, views, wanted) => {
    expect(cachedViewsOf({ encoder, views })).toBe(wanted);
  });

  it('are none, or at least the two of a positive', () => {
    expect(viewCount.safeParse(0).success).toBe(true);
    expect(viewCount.safeParse(1).error?.issues[0]?.message).toMatch(/cache at least 2/);
    expect(viewCount.safeParse(65).success).toBe(false);
  });
});
