import { z } from 'zod';
import type { KnownRemoteEngines } from '../contract/desktop.ts';
import type { RemoteAddress } from '../contract/remote-address.ts';
import { readKept, writeKept } from './kept-file.ts';
import type { TokenVault } from './token-vault.ts';

const mostEngines = 8;

const knownEngine = z.object({
  origin: z.string(),
  host: z.string(),
  /** Null where the system keeps no secrets. */
  sealedToken: z.string().nullable(),
});
type KnownEngine = z.infer<typeof knownEngine>;

const keptEngines = z.object({
  /** The origin of the engine that the next start uses; null for this machine's own. */
  atStart: z.string().nullable().catch(null),
  engines: z.array(knownEngine).catch([]),
});

/** The remote engines that were used before, in a file; their tokens are sealed, or not in it. */
export class KnownEngines {
  readonly #file: string;
  readonly #vault: TokenVault;
  /** Tokens of this start of the app, by origin. */
  readonly #tokens = new Map<string, string>();

  constructor(file: string, vault: TokenVault) {
    this.#file = file;
    this.#vault = vault;
  }

  list(): KnownRemoteEngines {
    const { atStart, engines } = readKept(this.#file, keptEngines);
    return {
      keepsTokens: this.#vault.isAvailable(),
      known: engines.map(({ origin, host }) => ({
        ...{ origin, host },
        hasToken: this.token(origin) !== null,
        isAtStart: origin === atStart,
      })),
    };
  }

  /** The token of a known engine; null where it is not kept. */
  token(origin: string): string | null {
    const inMemory = this.#tokens.get(origin);
    if (inMemory !== undefined) return inMemory;
    const sealed = this.#find(origin)?.sealedToken ?? null;
    return sealed === null || !this.#vault.isAvailable() ? null : this.#vault.unseal(sealed);
  }

  /** Puts an engine first; without a safe place for its token a start cannot use it. */
  remember({ origin, host, token }: RemoteAddress, isAtStart: boolean): void {
    this.#tokens.set(origin, token);
    const canKeep = this.#vault.isAvailable();
    const sealedToken = canKeep ? this.#vault.seal(token) : null;
    const { engines } = readKept(this.#file, keptEngines);
    const others = engines.filter((engine) => engine.origin !== origin);
    const all = [{ origin, host, sealedToken }, ...others].slice(0, mostEngines);
    writeKept(this.#file, { atStart: isAtStart && canKeep ? origin : null, engines: all });
  }

  forget(origin: string): void {
    this.#tokens.delete(origin);
    const { atStart, engines } = readKept(this.#file, keptEngines);
    writeKept(this.#file, {
      atStart: atStart === origin ? null : atStart,
      engines: engines.filter((engine) => engine.origin !== origin),
    });
  }

  /** The next start uses this machine's own engine. */
  startWithOwn(): void {
    const kept = readKept(this.#file, keptEngines);
    if (kept.atStart !== null) writeKept(this.#file, { ...kept, atStart: null });
  }

  /** The engine that this start is to use; null for this machine's own. */
  atStart(): RemoteAddress | null {
    const { atStart } = readKept(this.#file, keptEngines);
    const engine = atStart === null ? null : this.#find(atStart);
    const token = engine === null ? null : this.token(engine.origin);
    if (engine === null || token === null) return null;
    return { origin: engine.origin, host: engine.host, token };
  }

  #find(origin: string): KnownEngine | null {
    const { engines } = readKept(this.#file, keptEngines);
    return engines.find((engine) => engine.origin === origin) ?? null;
  }
}
