import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Memory } from '../../../../src-renderer/app/window/memory.ts';
import { Theme } from '../../../../src-renderer/app/window/theme.svelte.ts';
import type { WindowStandIn } from '../../window-stand-in.ts';
import { openMemory } from '../open-memory.ts';

let page: WindowStandIn;
let memory: Memory;
beforeEach(() => {
  ({ page, memory } = openMemory());
});
afterEach(() => vi.unstubAllGlobals());

describe('the theme', () => {
  it('is the system’s, and follows it', () => {
    const theme = new Theme(memory);
    expect([theme.choice, theme.shown, page.dataset['theme']]).toEqual(['system', 'dark', 'dark']);
    page.setSystemTheme('light');
    expect([theme.choice, theme.shown, page.dataset['theme']]).toEqual([
      ...['system', 'light', 'light'],
    ]);
  });

  it('that was chosen stays, whatever the system does', () => {
    const theme = new Theme(memory);
    theme.choose('light');
    page.setSystemTheme('dark');
    expect([theme.shown, page.dataset['theme']]).toEqual(['light', 'light']);
    theme.choose('system');
    expect(theme.shown).toBe('dark');
  });

  it('is remembered; what is no theme is the system’s', () => {
    new Theme(memory).choose('light');
    expect(new Theme(memory).shown).toBe('light');
    memory.remember('theme', 'sepia');
    expect(new Theme(memory).choice).toBe('system');
  });

  it('is taken again once the engine has told what it remembers', () => {
    const theme = new Theme(memory);
    memory.remember('theme', 'light');
    expect(theme.shown).toBe('dark');
    theme.recall();
    expect(theme.shown).toBe('light');
  });

  it('reads the tokens of the page as it looks from then on', () => {
    const theme = new Theme(memory);
    expect(theme.colours.anchor).toBe('anchor in dark');
    theme.choose('light');
    expect(theme.colours.anchor).toBe('anchor in light');
    expect(theme.colours.filmGlow).toBe('film-glow in light');
  });
});
