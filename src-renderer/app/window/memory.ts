import type { EngineClient } from '../../../src-main/contract/client.ts';
import type { MemoryEntry } from '../../../src-main/contract/window-memory.ts';

const prefix = 'negatoscope.';
const sendAfterMs = 300;
/** The browser's own store is small; what is longer is stored by the engine alone. */
const longestLocalText = 500_000;

/**
 * What the window finds again after a restart. The engine stores it, so that it is there in
 * any browser and at any port; the browser's store has it too, for what is drawn before the engine
 * answers.
 */
export class Memory {
  readonly #client: EngineClient;
  readonly #now: () => number;
  readonly #entries = new Map<string, MemoryEntry>();
  readonly #unsent = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(client: EngineClient, now: () => number) {
    this.#client = client;
    this.#now = now;
    for (const name of Object.keys(localStorage)) {
      const entry = name.startsWith(prefix) ? readLocal(name) : null;
      if (entry) this.#entries.set(entry.key, entry);
    }
  }

  /** What was remembered under a key; null when nothing was. */
  recall(key: string): unknown {
    const entry = this.#entries.get(key);
    return entry === undefined ? null : parse(entry.text);
  }

  /** Remembers a value that JSON can hold. */
  remember(key: string, value: unknown): void {
    const text = JSON.stringify(value);
    if (this.#entries.get(key)?.text === text) return;
    this.#store({ key, text, at: this.#now() });
    this.#unsent.add(key);
    if (this.#timer !== null) return;
    this.#timer = setTimeout(() => void this.#send(), sendAfterMs);
  }

  /** Reads what the engine has stored; what this browser has newer is sent to the engine. */
  async refresh(): Promise<void> {
    const known = await this.#client.call('window.recall', {});
    const theirs = new Map(known.map((entry) => [entry.key, entry]));
    for (const [key, { at }] of this.#entries) {
      if (at > (theirs.get(key)?.at ?? -1)) this.#unsent.add(key);
      else this.#unsent.delete(key);
    }
    for (const entry of known) if (!this.#unsent.has(entry.key)) this.#store(entry);
    await this.#send();
  }

  #store(entry: MemoryEntry): void {
    this.#entries.set(entry.key, entry);
    const name = prefix + entry.key;
    if (entry.text.length > longestLocalText) localStorage.removeItem(name);
    else localStorage.setItem(name, JSON.stringify({ text: entry.text, at: entry.at }));
  }

  async #send(): Promise<void> {
    this.#timer = null;
    for (const key of this.#unsent) {
      const entry = this.#entries.get(key);
      if (!entry) continue;
      try {
        await this.#client.call('window.remember', entry);
      } catch {
        // It stays unsent: the next connection sends it, and the window shows that there is none
        // now.
        return;
      }
      if (this.#entries.get(key) === entry) this.#unsent.delete(key);
    }
  }
}

function readLocal(name: string): MemoryEntry | null {
  const saved = parse(localStorage.getItem(name) ?? '');
  if (typeof saved !== 'object' || saved === null || !('text' in saved) || !('at' in saved)) {
    return null;
  }
  const { text, at } = saved;
  if (typeof text !== 'string' || typeof at !== 'number') return null;
  return { key: name.slice(prefix.length), text, at };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
