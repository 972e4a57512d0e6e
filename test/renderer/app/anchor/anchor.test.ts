import { beforeEach, describe, expect, it } from 'vitest';
import { AnchorState } from '../../../../src-renderer/app/anchor/anchor.svelte.ts';

let anchor: AnchorState;
beforeEach(() => {
  anchor = new AnchorState();
});

describe('the anchor', () => {
  it('is none at first, with nowhere to go', () => {
    anchor.back();
    anchor.forward();
    expect(anchor.id).toBeNull();
    expect([anchor.canGoBack, anchor.canGoForward]).toEqual([false, false]);
  });

  it('goes back through earlier ones and forward again', () => {
    for (const id of [1, 2, 3]) anchor.set(id);
    anchor.back();
    anchor.back();
    expect([anchor.id, anchor.canGoBack, anchor.canGoForward]).toEqual([1, false, true]);
    anchor.forward();
    expect(anchor.id).toBe(2);
    anchor.forward();
    expect([anchor.id, anchor.canGoForward]).toEqual([3, false]);
  });

  it('chosen anew ends the way forward', () => {
    anchor.set(1);
    anchor.set(2);
    anchor.back();
    anchor.set(5);
    expect(anchor.canGoForward).toBe(false);
    anchor.back();
    expect(anchor.id).toBe(1);
  });

  it('chosen twice is one step, and keeps the way forward', () => {
    anchor.set(1);
    anchor.set(2);
    anchor.back();
    anchor.set(1);
    expect([anchor.canGoBack, anchor.canGoForward]).toEqual([false, true]);
  });

  it('that was put away is there again by going back', () => {
    anchor.set(4);
    anchor.clear();
    expect([anchor.id, anchor.canGoBack]).toEqual([null, true]);
    anchor.clear();
    anchor.back();
    expect([anchor.id, anchor.canGoBack]).toEqual([4, false]);
  });

  it('of another library has no past', () => {
    anchor.set(1);
    anchor.set(2);
    anchor.back();
    anchor.reset();
    expect([anchor.id, anchor.canGoBack, anchor.canGoForward]).toEqual([null, false, false]);
  });
});
