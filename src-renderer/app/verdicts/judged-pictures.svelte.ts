import { JudgedPairs } from '../../../src-main/contract/judged-pairs.ts';
import {
  defaultPassOn,
  type PassOn,
  type PassOnChoice,
} from '../../../src-main/contract/pass-on.ts';
import type { Verdict, VerdictKind } from '../../../src-main/contract/verdicts.ts';
import type { Connection } from '../../connection/connection.svelte.ts';
import { exceptOn, judgedKinds, strongestByHash, type JudgedKind } from './judged-kinds.ts';
import type { PairChange } from './send-verdicts.ts';
import { latestOnly } from '../../connection/latest-only.ts';

/** A verdict as the window looks it up: by the hashes of its pair, smaller first. */
type KnownVerdict = Verdict & { readonly hashA: string; readonly hashB: string };

/** Every verdict, and what they say of pictures and pairs. */
export class JudgedPictures {
  list = $state.raw<readonly KnownVerdict[]>([]);
  readonly kindByHash = $derived<ReadonlyMap<string, VerdictKind>>(strongestByHash(this.list));
  /** How verdicts pass on to pairs that nobody judged, and whether somebody chose that. */
  passOn = $state.raw<PassOnChoice>({ passOn: defaultPassOn, isChosen: false });
  readonly pairs = $derived(new JudgedPairs(this.list, this.passOn.passOn));
  readonly refresh: () => Promise<void>;
  readonly #connection: Connection;
  /** How many changes are shown before the engine has saved them. */
  #ahead = 0;

  constructor(connection: Connection) {
    this.#connection = connection;
    const read = latestOnly<'all', [Verdict[], PassOnChoice]>(
      () =>
        Promise.all([connection.call('verdicts.list', {}), connection.call('verdicts.passOn', {})]),
      ([verdicts, passOn]) => {
        this.passOn = passOn;
        // While changes are on their way an answer may be older than what is shown.
        if (this.#ahead === 0) this.list = verdicts.map(known);
      },
    );
    this.refresh = () => read('all');
  }

  /** Makes verdicts pass on in another way, for everything that goes by them. */
  async setPassOn(passOn: PassOn): Promise<void> {
    this.passOn = await this.#connection.call('verdicts.setPassOn', { passOn });
  }

  kindOf(hash: string): JudgedKind {
    return this.kindByHash.get(hash) ?? 'none';
  }

  /** How many of some pictures are of each of `judgedKinds`. */
  countKinds(hashes: readonly string[]): number[] {
    const counts = judgedKinds.map(() => 0);
    for (const hash of hashes) {
      const kind = judgedKinds.indexOf(this.kindOf(hash));
      counts[kind] = (counts[kind] ?? 0) + 1;
    }
    return counts;
  }

  /** Shows verdicts (or none) on pairs at once, while `save` makes the engine save them. */
  async showAhead(changes: readonly PairChange[], save: () => Promise<unknown>): Promise<void> {
    const given = changes.flatMap(({ verdict }) => (verdict === null ? [] : [known(verdict)]));
    const others = exceptOn(
      this.list,
      changes.map(({ pair }) => pair),
    );
    this.list = [...given, ...others];
    this.#ahead += 1;
    try {
      await save();
    } finally {
      this.#ahead -= 1;
      if (this.#ahead === 0) await this.refresh();
    }
  }
}

function known(verdict: Verdict): KnownVerdict {
  const [{ hash: first }, { hash: second }] = verdict.pair;
  const [hashA, hashB] = first < second ? [first, second] : [second, first];
  return { ...verdict, hashA, hashB };
}
