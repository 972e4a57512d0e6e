import { describe, expect, it } from 'vitest';
import type { PairVerdict } from '../../../src-main/contract/verdict-groups.ts';
import { savePassOn } from '../../../src-main/engine/store/pass-on.ts';
import { presentSamples } from '../../../src-main/engine/store/samples.ts';
import { saveVerdict } from '../../../src-main/engine/store/verdicts.ts';
import { drawHeldOut } from '../../../src-main/engine/verdicts/held-out.ts';
import { judgedSamples } from '../../../src-main/engine/verdicts/library-verdicts.ts';
import { partnersOf } from '../../../src-main/engine/verdicts/partners.ts';
import { trainingVerdicts } from '../../../src-main/engine/verdicts/training-verdicts.ts';
import { addSamples, temporaryLibrary } from '../store/temporary-library.ts';

const always = (): boolean => true;

/** 50 chains of three pictures, a0 = b0 = c0 and so on. */
const chains: PairVerdict[] = Array.from({ length: 50 }, (_, number) => [
  { hashA: `a${number}`, hashB: `b${number}`, verdict: 'same' as const },
  { hashA: `b${number}`, hashB: `c${number}`, verdict: 'same' as const },
]).flat();

const different = (one: string, other: string): PairVerdict => ({
  ...{ hashA: one, hashB: other, verdict: 'different' },
});

function heldGroups(verdicts: readonly PairVerdict[], share: number, seed: number): number[] {
  const { holds } = drawHeldOut(verdicts, { share, seed }, always);
  return Array.from({ length: 50 }, (_, number) => number).filter((number) => holds(`a${number}`));
}

describe('verdicts that are held out', () => {
  it('are a share of the groups, rounded down, the same for the same seed', () => {
    expect(heldGroups(chains, 0.2, 1)).toHaveLength(10);
    expect(heldGroups(chains, 0.19, 1)).toHaveLength(9);
    expect(heldGroups(chains, 0.5, 1)).toHaveLength(25);
    expect(heldGroups(chains, 0, 1)).toEqual([]);
    expect(heldGroups(chains.slice(0, 8), 0.2, 1)).toEqual([]);
    expect(heldGroups(chains.toReversed(), 0.2, 1)).toEqual(heldGroups(chains, 0.2, 1));
    expect(heldGroups(chains, 0.2, 2)).not.toEqual(heldGroups(chains, 0.2, 1));
  });

  it('leave a group whole, so that nothing of it is fed through a third picture', () => {
    const { holds } = drawHeldOut(chains, { share: 0.2, seed: 3 }, always);
    for (let number = 0; number < 50; number++) {
      const members = ['a', 'b', 'c'].map((letter) => holds(`${letter}${number}`));
      expect(new Set(members).size).toBe(1);
    }
  });

  it('change by one group at most for each verdict that is added', () => {
    const before = heldGroups(chains, 0.2, 1);
    const more = [...chains, { hashA: 'x', hashB: 'y', verdict: 'same' } as const];
    const lost = before.filter((number) => !heldGroups(more, 0.2, 1).includes(number));
    expect(lost.length).toBeLessThanOrEqual(1);
  });

  it('do not count groups of which fewer than two pictures are trained on', () => {
    const isTrained = (hash: string): boolean => Number(hash.slice(1)) < 10;
    const { holds } = drawHeldOut(chains, { share: 0.2, seed: 1 }, isTrained);
    const held = chains.filter(({ hashA }) => hashA.startsWith('a') && holds(hashA));
    expect(held).toHaveLength(2);
    expect(held.every(({ hashA }) => isTrained(hashA))).toBe(true);
  });

  it('take a "different" with its group, and others up to the share, those of two groups together', () => {
    const heldGroup = heldGroups(chains, 0.2, 1)[0]!;
    const free = Array.from({ length: 50 }, (_, one) => one).filter(
      (one) => !heldGroups(chains, 0.2, 1).includes(one),
    );
    const touching = different(`c${heldGroup}`, `a${free[0]}`);
    const others = Array.from({ length: 19 }, (_, one) =>
      different(`a${free[one]}`, `a${free[one + 1]}`),
    );
    const beside = others.map(({ hashA, hashB }) =>
      different(hashA.replace('a', 'b'), hashB.replace('a', 'c')),
    );
    const verdicts = [...chains, touching, ...others, ...beside];
    const { holdsVerdict } = drawHeldOut(verdicts, { share: 0.2, seed: 1 }, always);
    expect(holdsVerdict(touching)).toBe(true);
    // 39 pairs: a fifth is 7; one is held with its group, and of the others whole twos: 6.
    expect([touching, ...others, ...beside].filter(holdsVerdict)).toHaveLength(7);
    expect(others.map(holdsVerdict)).toEqual(beside.map(holdsVerdict));
  });

  it.each(['pairs', 'groups'] as const)(
    'are in none of the arrays that feed a training, where verdicts pass on in %s',
    (passOn) => {
      const library = temporaryLibrary();
      const paths = Array.from({ length: 30 }, (_, index) => `a/${index}.png`);
      const ids = addSamples(library, paths);
      const { hashes } = presentSamples(library);
      savePassOn(library, passOn);
      const say = (one: number, verdict: 'same' | 'different', other: number): void =>
        void saveVerdict(library, [hashes[one]!, hashes[other]!], {
          ...{ verdict, note: '', runId: null },
        });
      // Ten triangles, which are firm groups.
      for (let first = 0; first < 30; first += 3) {
        say(first, 'same', first + 1);
        say(first + 1, 'same', first + 2);
        say(first, 'same', first + 2);
      }
      say(0, 'different', 3);
      const all = judgedSamples(library, ids);
      const found = trainingVerdicts(library, ids, { share: 0.2, seed: 4 });
      const fed = partnersOf(found.pairs, found.groups, ids);
      const held = partnersOf(found.heldOutPairs, found.heldOutGroups, ids);
      expect(fed).toHaveLength(24);
      expect(held).toHaveLength(6);
      const fedIds = new Set(fed.map(({ id }) => id));
      expect(held.some(({ id }) => fedIds.has(id))).toBe(false);
      expect(found.pairs.length + found.heldOutPairs.length).toBe(all.pairs.length);
      const isHeld = held.some(({ id }) => id === ids[0] || id === ids[3]);
      expect(found.heldOutDifferent).toHaveLength(isHeld ? 2 : 0);
      expect(found.different).toHaveLength(isHeld ? 0 : 2);
      expect(trainingVerdicts(library, ids, { share: 0, seed: 4 })).toMatchObject({
        ...all,
        heldOutPairs: new Uint32Array(0),
      });
    },
  );
});

describe('partners', () => {
  it('are those of pairs and of groups, each once, by rising id', () => {
    const ids = Uint32Array.of(5, 6, 7, 8, 9);
    const groups = Int32Array.of(0, -1, 0, 0, -1);
    expect(partnersOf(Uint32Array.of(9, 6, 5, 7), groups, ids)).toEqual([
      { id: 5, partners: [7, 8], group: [5, 7, 8] },
      { id: 6, partners: [9], group: [] },
      { id: 7, partners: [5, 8], group: [5, 7, 8] },
      { id: 8, partners: [5, 7], group: [5, 7, 8] },
      { id: 9, partners: [6], group: [] },
    ]);
  });

  it('of a large group are 64 of each picture', () => {
    const ids = Uint32Array.from({ length: 300 }, (_, index) => index);
    const found = partnersOf(new Uint32Array(0), new Int32Array(300), ids);
    const counts = new Map<number, number>();
    for (const partner of found.flatMap(({ partners }) => partners)) {
      counts.set(partner, (counts.get(partner) ?? 0) + 1);
    }
    expect(new Set(counts.values())).toEqual(new Set([64]));
  });
});
