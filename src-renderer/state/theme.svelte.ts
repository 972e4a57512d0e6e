import { recall, remember } from './remembered.ts';

export type ThemeChoice = 'system' | 'light' | 'dark';
const choices: readonly ThemeChoice[] = ['system', 'light', 'dark'];

const tokens = [
  'anchor',
  'hard',
  'false',
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

  constructor() {
    const saved = recall('theme');
    this.choice = choices.find((choice) => choice === saved) ?? 'system';
    const query = matchMedia('(prefers-color-scheme: dark)');
    this.#systemIsDark = query.matches;
    query.addEventListener('change', (event) => {
      this.#systemIsDark = event.matches;
      this.#apply();
    });
    this.#apply();
  }

  choose(choice: ThemeChoice): void {
    this.choice = choice;
    remember('theme', choice);
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
