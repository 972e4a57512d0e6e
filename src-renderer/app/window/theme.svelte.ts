import { themeChoices, type ThemeChoice } from '../../../src-main/contract/desktop-menu.ts';
import type { Memory } from './memory.ts';

const tokens = [
  'anchor',
  'hard',
  'false',
  'suspected',
  'ring',
  'easy',
  'film',
  'page',
  'panel',
  'line',
  'text',
  'dim',
] as const;

/** Colours that WebGL and canvases need as values, read from the tokens of theme.css. */
export type ThemeColours = Readonly<Record<(typeof tokens)[number] | 'filmGlow', string>>;

/** Light, dark, or what the system says; remembered. */
export class Theme {
  choice = $state<ThemeChoice>('system');
  #systemIsDark = $state(true);
  readonly shown = $derived<'light' | 'dark'>(
    this.choice === 'system' ? (this.#systemIsDark ? 'dark' : 'light') : this.choice,
  );
  colours = $state.raw<ThemeColours>(readColours());

  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
    const query = matchMedia('(prefers-color-scheme: dark)');
    this.#systemIsDark = query.matches;
    query.addEventListener('change', (event) => {
      this.#systemIsDark = event.matches;
      this.#apply();
    });
    this.recall();
  }

  /** Takes the choice that was remembered. */
  recall(): void {
    const saved = this.#memory.recall('theme');
    this.choice = themeChoices.find((choice) => choice === saved) ?? 'system';
    this.#apply();
  }

  choose(choice: ThemeChoice): void {
    this.choice = choice;
    this.#memory.remember('theme', choice);
    this.#apply();
  }

  #apply(): void {
    document.documentElement.dataset['theme'] = this.shown;
    this.colours = readColours();
  }
}

function readColours(): ThemeColours {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  const colours = Object.fromEntries(tokens.map((token) => [token, read(token)]));
  return { ...colours, filmGlow: read('film-glow') } as ThemeColours;
}
