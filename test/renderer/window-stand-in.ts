import { vi } from 'vitest';
import { PageElement } from './page-element.ts';

/** What of a browser's window the state of the app and its shortcuts look at; no page is drawn. */
export class WindowStandIn extends EventTarget {
  /** What the browser's own store holds. */
  readonly stored = new Map<string, string>();
  /** The address, as `history.replaceState` leaves it. */
  readonly location: { hash: string; readonly pathname: string; readonly search: string };
  readonly history = {
    state: null as unknown,
    replaceState: (state: unknown, _title: string, address: string): void => {
      this.history.state = state;
      this.location.hash = new URL(address, 'http://127.0.0.1').hash;
    },
  };
  /** What the theme wrote on the page's root. */
  readonly dataset: Record<string, string> = {};
  readonly #darkQuery = Object.assign(new EventTarget(), { matches: true });
  /** The elements of the page that something looks for, by id. */
  readonly byId = new Map<string, PageElement>();
  isDialogOpen = false;
  innerWidth = 1440;

  constructor(hash: string) {
    super();
    this.location = { hash, pathname: '/', search: '' };
  }

  resizeTo(width: number): void {
    this.innerWidth = width;
    this.dispatchEvent(new Event('resize'));
  }

  /** What the system's own setting becomes. */
  setSystemTheme(theme: 'light' | 'dark'): void {
    const matches = theme === 'dark';
    this.#darkQuery.matches = matches;
    this.#darkQuery.dispatchEvent(Object.assign(new Event('change'), { matches }));
  }

  /** The store as browsers have it: its own keys are what it holds. */
  get localStorage(): Record<string, unknown> {
    const { stored } = this;
    const methods: Record<string, unknown> = {
      getItem: (name: string) => stored.get(name) ?? null,
      setItem: (name: string, text: string) => void stored.set(name, text),
      removeItem: (name: string) => void stored.delete(name),
    };
    return new Proxy(methods, {
      ownKeys: () => [...stored.keys()],
      getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
    });
  }

  matchMedia(): EventTarget & { matches: boolean } {
    return this.#darkQuery;
  }
}

/** Puts such a window in place of the missing one, with this fragment in its address. */
export function openWindow(hash = ''): WindowStandIn {
  const page = new WindowStandIn(hash);
  vi.stubGlobal('window', page);
  vi.stubGlobal('localStorage', page.localStorage);
  vi.stubGlobal('location', page.location);
  vi.stubGlobal('history', page.history);
  vi.stubGlobal('matchMedia', () => page.matchMedia());
  vi.stubGlobal('document', {
    documentElement: { dataset: page.dataset },
    querySelector: () => (page.isDialogOpen ? {} : null),
    getElementById: (id: string) => page.byId.get(id) ?? null,
  });
  vi.stubGlobal('HTMLElement', PageElement);
  vi.stubGlobal('HTMLInputElement', PageElement);
  // A token's colour is told by its name and the theme that the page is in.
  const colourOf = (name: string): string => ` ${name.slice(2)} in ${page.dataset['theme'] ?? '?'}`;
  vi.stubGlobal('getComputedStyle', () => ({ getPropertyValue: colourOf }));
  return page;
}
