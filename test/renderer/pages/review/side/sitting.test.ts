import { expect, it } from 'vitest';
import type { VerdictKind } from '../../../../../src-main/contract/verdicts.ts';
import { latestByPair } from '../../../../../src-renderer/pages/review/side/sitting.ts';
import type { VerdictStep } from '../../../../../src-renderer/app/verdicts/verdict-history.svelte.ts';

/** A verdict on a pair of two letters; null takes it back. */
function step(pair: string, verdict: VerdictKind | null, isSkip = false): VerdictStep {
  const [first = '', second = ''] = pair;
  const pictures = [first, second].map((hash) => ({ hash, path: null }));
  const [one, other] = pictures as [{ hash: string; path: null }, { hash: string; path: null }];
  const given = { pair: [one, other], note: '', time: '', run: null } satisfies Partial<
    VerdictStep['after']
  >;
  return {
    ...{ pair: [one, other], before: null, isSkip },
    after: verdict && { ...given, verdict },
    edit: { name: '', undo: () => undefined, redo: () => undefined },
  };
}

it('counts each pair once, by its latest verdict', () => {
  const steps = [
    step('ab', 'same'),
    step('cd', 'different'),
    step('ba', 'unsure'),
    step('ef', 'same'),
  ];
  expect(latestByPair(steps)).toEqual({
    judged: 3,
    counts: { same: 1, different: 1, unsure: 1 },
  });
});

it('counts no verdict that was taken back', () => {
  const steps = [step('ab', 'same'), step('ba', null)];
  expect(latestByPair(steps)).toEqual({ judged: 0, counts: { same: 0, different: 0, unsure: 0 } });
  expect(latestByPair([...steps, step('ab', 'different')]).counts.different).toBe(1);
});

it('does not count what was passed over, and what was said before that still holds', () => {
  expect(latestByPair([step('ab', 'same'), step('ab', 'different', true)])).toMatchObject({
    ...{ judged: 1, counts: { same: 1 } },
  });
  expect(latestByPair([step('ab', null, true)]).judged).toBe(0);
  expect(latestByPair([]).judged).toBe(0);
});
