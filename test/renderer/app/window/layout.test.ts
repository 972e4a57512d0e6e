import { flushSync } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  Layout,
  panelLimits,
  PanelSize,
} from '../../../../src-renderer/app/window/layout.svelte.ts';
import type { Memory } from '../../../../src-renderer/app/window/memory.ts';
import { inEffectRoot } from '../in-effect-root.svelte.ts';
import type { WindowStandIn } from '../../window-stand-in.ts';
import { openMemory } from '../open-memory.ts';

let page: WindowStandIn;
let memory: Memory;
beforeEach(() => {
  ({ page, memory } = openMemory());
});
afterEach(() => vi.unstubAllGlobals());

describe('a panel', () => {
  it('begins as wide as it is meant for the usual window, and follows the window', () => {
    const panel = new PanelSize('explore-left', memory);
    const widths: number[] = [];
    const stop = inEffectRoot(() => widths.push(panel.width));
    page.resizeTo(2160);
    flushSync();
    page.resizeTo(1296);
    flushSync();
    page.resizeTo(960);
    flushSync();
    // 248 of 1440 px are 372 of 2160 and 223 of 1296 px; of 960 px they were 165, below its least.
    expect(widths).toEqual([248, 372, 223, 200]);

    // 300 px of 960 are 450 of 1440, above its most; 200 of 960 are 300 of 1440, and are so again.
    panel.resize(300);
    flushSync();
    page.resizeTo(1440);
    flushSync();
    panel.resize(300);
    flushSync();
    page.resizeTo(960);
    flushSync();
    page.resizeTo(1440);
    flushSync();
    expect(widths.slice(4)).toEqual([300, 420, 300, 200, 300]);
    stop();
  });

  it('is never wider or narrower than its limits', () => {
    const panel = new PanelSize('explore-left', memory);
    panel.resize(10_000);
    expect(panel.width).toBe(panelLimits['explore-left'].max);
    panel.resize(3);
    expect(panel.width).toBe(panelLimits['explore-left'].min);
    panel.resize(300.4);
    expect(panel.width).toBe(300);
    page.resizeTo(9000);
    expect(panel.width).toBe(300);
    expect(new PanelSize('review-left', memory).width).toBe(panelLimits['review-left'].max);
  });

  it('is folded away and unfolded, also by its handle', () => {
    const panel = new PanelSize('train-form', memory);
    panel.toggle();
    expect(panel.isCollapsed).toBe(true);
    panel.toggle();
    expect(panel.isCollapsed).toBe(false);
    panel.toggle();
    panel.resize(400);
    expect([panel.isCollapsed, panel.width]).toEqual([false, 400]);
  });

  it('is remembered, and reset to follow the window again', () => {
    const panel = new PanelSize('train-form', memory);
    panel.resize(500);
    panel.toggle();
    const again = new PanelSize('train-form', memory);
    expect([again.width, again.isCollapsed]).toEqual([500, true]);
    again.reset();
    expect([again.width, again.isCollapsed]).toEqual([384, false]);
    expect(new PanelSize('train-form', memory).width).toBe(384);
  });

  it.each([7, 'wide', { width: '400' }, { isCollapsed: 'yes' }, []])(
    'begins anew where %o is remembered',
    (saved) => {
      memory.remember('panel.train-form', saved);
      const panel = new PanelSize('train-form', memory);
      expect([panel.width, panel.isCollapsed]).toEqual([384, false]);
    },
  );

  it('has a start within its limits', () => {
    for (const { min, max, start } of Object.values(panelLimits)) {
      expect(min).toBeLessThan(start);
      expect(start).toBeLessThan(max);
    }
  });
});

describe('the layout', () => {
  it('takes the sizes of every panel once the engine has told them', () => {
    const layout = new Layout(memory);
    const panels = Object.values(layout) as PanelSize[];
    expect(panels.map(({ name }) => name).toSorted()).toEqual(Object.keys(panelLimits).toSorted());
    for (const { name, limits } of panels) memory.remember(`panel.${name}`, { width: limits.max });
    layout.recall();
    expect(panels.map(({ width }) => width)).toEqual(panels.map(({ limits }) => limits.max));
  });
});
