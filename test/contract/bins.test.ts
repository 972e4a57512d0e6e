import { describe, expect, it } from 'vitest';
import {
  binByKnowledge,
  binIndex,
  binNames,
  binOf,
  binRule,
  takersOfPush,
} from '../../src-main/contract/bins.ts';
import type { PosteriorBasis } from '../../src-main/contract/suspicion.ts';

describe('what is known and suspected', () => {
  const cases = [
    ['judged the same, whatever the labels', 'same', 'different', false, 'false'],
    ['judged different, whatever the labels', 'different', 'same', true, null],
    ['judged different, with a label missing', 'different', 'unknown', true, null],
    ['of one label, without a verdict', null, 'same', false, 'false'],
    ['of different labels, suspected as it may be', null, 'different', true, null],
    ['suspected, where a label is missing', null, 'unknown', true, 'suspected'],
    ['judged the same and suspected', 'same', 'unknown', true, 'false'],
    ['of nothing that is known', null, 'unknown', false, null],
  ] as const;

  it.each(cases)('%s', (_what, verdict, labels, isSuspected, expected) => {
    expect(binByKnowledge({ verdict, labels, isSuspected })).toBe(expected);
  });
});

describe('the bin of a negative', () => {
  const nothing = { verdict: null, labels: 'different', isSuspected: false } as const;
  const cases = [
    ['kept by the loss’s own ring, whatever it takes', true, true, true, 'ring'],
    ['left out by it, though it would take the push', true, false, true, 'hard'],
    ['left out by it', true, false, false, 'easy'],
    ['most pushed, though a ring would keep it', false, true, true, 'hard'],
    ['little pushed, where a ring would keep it', false, true, false, 'ring'],
    ['little pushed', false, false, false, 'easy'],
  ] as const;

  it.each(cases)('%s', (_what, hasRing, isInRing, takesPush, expected) => {
    const part = { hasRing, isInRing, takesPush };
    expect(binOf(nothing, part)).toBe(expected);
    // What is known goes before whatever the loss does.
    expect(binOf({ ...nothing, verdict: 'same' }, part)).toBe('false');
    expect(binOf({ ...nothing, labels: 'unknown', isSuspected: true }, part)).toBe('suspected');
  });

  it('has a number that is its index among the names', () => {
    expect(binNames.map((name) => binIndex[name])).toEqual([0, 1, 2, 3, 4]);
  });
});

describe('those that take the push', () => {
  const ranks = [0, 1, 2, 3, 4];

  it.each([
    [0, []],
    [0.1, [0]],
    [0.4, [0]],
    [0.5, [0, 1]],
    [0.9, [0, 1, 2]],
    [1, [0, 1, 2, 3]],
  ])('hold the part %d of all that is pushed, and no more than it takes', (part, expected) => {
    // Of 0.4 + 0.3 + 0.2 + 0.1; the last is attracted.
    const takes = takersOfPush([0.4, 0.3, 0.2, 0.1, -0.5], ranks, part);
    expect(ranks.filter((candidate) => takes[candidate] === 1)).toEqual(expected);
  });

  it('go by the push itself where it does not fall with the rank, equal ones by rank', () => {
    const share = [0.1, 0.25, 0.4, 0.25, -1];
    const order = [4, 3, 2, 1, 0];
    expect([...takersOfPush(share, order, 0.4)]).toEqual([0, 0, 1, 0, 0]);
    // 3 has the lower rank of the two equal ones.
    expect([...takersOfPush(share, order, 0.6)]).toEqual([0, 0, 1, 1, 0]);
  });

  it('are none where nothing is pushed, and go by a total of more where it is given', () => {
    expect([...takersOfPush([-1, 0], [0, 1], 0.5)]).toEqual([0, 0]);
    expect([...takersOfPush([0.4, 0.3], [0, 1], 0.5, 1)]).toEqual([1, 1]);
    expect([...takersOfPush([0.4, 0.3], [0, 1], 0.5)]).toEqual([1, 0]);
  });
});

describe('the rules in words', () => {
  it('say the share that is set, and what a ring of the loss changes', () => {
    const suspicion = { kind: 'calibrated', suspectFrom: 0.25 } as const;
    const settings = { hasRing: false, hardShare: 0.3, suspicion };
    expect(binRule('hard', settings).sentence).toMatch(/^Takes the push: .* 30\u00a0% of all/);
    expect(binRule('hard', { ...settings, hasRing: true }).sentence).toMatch(
      /the ring leaves it out/,
    );
    expect(binRule('ring', settings).handle).toMatch(/nothing of the loss/);
    expect(binRule('ring', { ...settings, hasRing: true }).handle).toMatch(/what the loss pushes/);
  });

  it('say how a negative is suspected: by its rank where it is calibrated, else of mutual neighbours', () => {
    const settings = { hasRing: false, hardShare: 0.5 };
    const ruleOf = (kind: PosteriorBasis['kind'], suspectFrom: number) =>
      binRule('suspected', { ...settings, suspicion: { kind, suspectFrom } });
    const calibrated = ruleOf('calibrated', 1 / 3);
    expect(calibrated.sentence).toBe(
      'Not known, as a label is missing, but by its rank alone it is false with a probability of at least 33\u00a0%.',
    );
    expect(calibrated.formula).toBe('y unknown, not judged, P(false | rank) ≥ 0.33');
    const assumed = ruleOf('order statistics', 0.2);
    expect(assumed.sentence).toMatch(
      /each is among the other’s 15 nearest, and by its rank .* at least 20\u00a0% \(uncalibrated\)\.$/,
    );
    expect(assumed.formula).toBe(
      'y unknown, not judged, P(false | rank) ≥ 0.2, j in kNN(i) and i in kNN(j)',
    );
  });

  it('name the cuts of the ring in words', () => {
    const suspicion = { kind: 'calibrated', suspectFrom: 0.25 } as const;
    for (const hasRing of [true, false]) {
      for (const bin of binNames) {
        const { sentence, handle } = binRule(bin, { hasRing, hardShare: 0.5, suspicion });
        expect(sentence + handle).not.toContain('_');
      }
    }
  });
});
