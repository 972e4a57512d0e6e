import { beforeEach, describe, expect, it } from 'vitest';
import { EngineError } from '../../../../src-main/contract/errors/errors.ts';
import type { ComparisonWithMaps } from '../../../../src-main/contract/comparison.ts';
import {
  ComparisonState,
  isSameSide,
  pairKey,
  pairsOf,
  type Side,
} from '../../../../src-renderer/app/runs/comparison.svelte.ts';
import { AnsweringClient, connectionTo } from '../../answering-client.ts';
import { explanationOf } from '../../explanation-of.ts';
import { ledgerOf } from '../../ledger-of.ts';
import { runOf } from '../../run-of.ts';

const [one, two, three, four]: readonly Side[] = [
  { run: 1 },
  { run: 2, epoch: 5 },
  { run: 3 },
  { run: 4 },
];

/** A comparison of which only the names matter here. */
function viewOf(a: unknown, b: unknown): ComparisonWithMaps {
  const comparison = { a: JSON.stringify(a), b: JSON.stringify(b) };
  return { comparison, ids: new Uint32Array() } as unknown as ComparisonWithMaps;
}

let answer: (a: Side, b: Side) => ComparisonWithMaps | null | Promise<ComparisonWithMaps | null>;
let client: AnsweringClient;
let comparison: ComparisonState;
beforeEach(async () => {
  answer = viewOf;
  client = new AnsweringClient({
    'comparison.withMaps': ({ a, b }) => answer(a as Side, b as Side),
    'anchor.negatives': ({ run }) => {
      if (run === 3) throw new EngineError('not-found', 'Run 3 has not embedded it.');
      return explanationOf(1, []);
    },
    'anchor.ledger': ({ run, epoch = 9 }) => {
      if (run === 1) throw new EngineError('not-found', 'Run 1 kept no ledger.');
      if (run === 4) throw new EngineError('library-unreadable', 'The library is broken.');
      return ledgerOf(epoch, [5, 9]);
    },
  });
  comparison = new ComparisonState(await connectionTo(client));
});

describe('sides of a comparison', () => {
  it('make each pair once, in their order', () => {
    expect(pairsOf([one!, two!, three!])).toEqual([
      ...[
        [one, two],
        [one, three],
        [two, three],
      ],
    ]);
    expect([pairsOf([]), pairsOf([one!])]).toEqual([[], []]);
    expect(pairsOf([one!, two!, three!, four!])).toHaveLength(6);
  });

  it('are told apart by run and epoch', () => {
    expect(isSameSide({ run: 2, epoch: 5 }, two!)).toBe(true);
    expect(isSameSide({ run: 2 }, two!)).toBe(false);
    const keys = pairsOf([one!, two!, { run: 2 }, three!]).map(pairKey);
    expect(new Set(keys).size).toBe(6);
    expect(pairKey([one!, two!])).not.toBe(pairKey([two!, one!]));
  });
});

describe('which runs are compared, with a client that answers every pair', () => {
  const pair = (): unknown => [comparison.a?.run, comparison.b?.run];

  it('are the last two trainings at first, else the last two with embeddings', () => {
    const runs = [
      runOf(1),
      runOf(2),
      runOf(3, { kind: 'loaded' }),
      runOf(4, { embedded: false }),
      runOf(5, { archived: true }),
    ];
    comparison.begin(runs);
    expect(pair()).toEqual([1, 2]);
    comparison.clear();
    comparison.begin(runs.slice(1));
    expect(pair()).toEqual([2, 3]);
    comparison.clear();
    comparison.begin(runs.slice(0, 1));
    expect([pair(), comparison.pair, comparison.sides]).toEqual([[1, undefined], null, []]);
    comparison.begin([]);
    expect(pair()).toEqual([undefined, undefined]);
  });

  it('stay chosen while they are there, archived too', () => {
    comparison.show(one!, two!, three!, four!);
    comparison.begin([runOf(1, { archived: true }), runOf(2), runOf(3), runOf(4), runOf(9)]);
    expect(comparison.sides).toEqual([one, two, three, four]);
    comparison.begin([runOf(1), runOf(2), runOf(4), runOf(9)]);
    expect(comparison.sides).toEqual([one, two, four]);
    comparison.begin([runOf(1), runOf(4), runOf(9)]);
    expect(comparison.sides).toEqual([{ run: 4 }, { run: 9 }, four]);
  });

  it('are four at most, two of them large', () => {
    comparison.show(one!, two!, three!, four!, { run: 5 });
    expect([comparison.tab, comparison.sides]).toEqual(['pair', [one, two, three, four]]);
    comparison.choose(four!, one!);
    expect(comparison.sides).toEqual([four, one, two, three]);
    comparison.swap();
    expect(comparison.sides).toEqual([one, four, two, three]);
    comparison.choose({ run: 8 }, { run: 9 });
    expect(comparison.sides).toEqual([{ run: 8 }, { run: 9 }, one, four]);
  });

  it('are none for another library', async () => {
    comparison.show(one!, two!, three!);
    await comparison.load();
    await comparison.explain(1, 'hash1');
    comparison.clear();
    const { tab, a, b, others, more, result, loaded, anchor, camera } = comparison;
    expect({ tab, a, b, others, more, result, loaded, anchor, camera }).toEqual({
      ...{ tab: 'runs', a: null, b: null, others: [], more: {} },
      ...{ result: null, loaded: null, anchor: null, camera: null },
    });
  });
});

describe('what is known of their difference', () => {
  it('is read of the large pair, and of every other pair beside it', async () => {
    comparison.show(one!, two!, three!);
    [comparison.k, comparison.alignment] = [7, 'started'];
    await comparison.load();
    expect(comparison.result?.comparison).toEqual({ a: '{"run":1}', b: '{"run":2,"epoch":5}' });
    expect(comparison.loaded).toEqual({ a: one, b: two, k: 7, alignment: 'started' });
    expect(Object.keys(comparison.more)).toEqual([
      ...[pairKey([one!, three!]), pairKey([two!, three!])],
    ]);
    expect(client.inputsOf('comparison.withMaps')).toHaveLength(3);
  });

  it('is nothing where it was not compared yet, which is told from not asked yet', async () => {
    answer = () => null;
    await comparison.load();
    expect(client.calls).toEqual([]);
    comparison.show(one!, two!);
    await comparison.load();
    expect([comparison.result, comparison.loaded?.a, comparison.more]).toEqual([null, one, {}]);
  });

  it('does not come back late for another library', async () => {
    const late = Promise.withResolvers<ComparisonWithMaps | null>();
    answer = () => late.promise;
    comparison.show(one!, two!, three!);
    const loading = comparison.load();
    comparison.clear();
    late.resolve(viewOf(one, two));
    await loading;
    expect([comparison.result, comparison.loaded, comparison.more]).toEqual([null, null, {}]);
  });
});

describe('an anchor in both runs', () => {
  it('is explained in both runs, each by its own loss, with a ledger where there is one', async () => {
    comparison.show(one!, two!);
    await comparison.explain(6, 'hash6');
    expect(comparison.anchor?.id).toBe(6);
    expect(comparison.anchor?.ledgers.map((ledger) => ledger?.epoch)).toEqual([undefined, 5]);
    expect(client.inputsOf('anchor.negatives')).toEqual([
      { run: 1, anchor: 'hash6' },
      { run: 2, epoch: 5, anchor: 'hash6' },
    ]);
  });

  it('is not asked for without two runs', async () => {
    await comparison.explain(6, 'hash6');
    expect(client.calls).toEqual([]);
  });

  it.each([
    [three!, 'Run 3 has not embedded it.'],
    [four!, 'The library is broken.'],
  ])('passes on why it cannot be: %o', async (side, sentence) => {
    comparison.show(one!, side);
    await expect(comparison.explain(6, 'hash6')).rejects.toThrow(sentence);
    expect(comparison.anchor).toBeNull();
  });
});
