import { describe, expect, it } from 'vitest';
import { miningChoice, type MiningChoice } from '../../../../../src-main/contract/mining.ts';
import { miningFields } from '../../../../../src-renderer/pages/exchange/export/mining-fields.ts';

const defaults = miningChoice.parse({});
const takes = (change: Partial<Record<keyof MiningChoice, unknown>>): boolean =>
  miningChoice.safeParse({ ...defaults, ...change }).success;
const fieldsOf = <K extends (typeof miningFields)[number]['kind']>(kind: K) =>
  miningFields.filter(
    (field): field is Extract<(typeof miningFields)[number], { kind: K }> => field.kind === kind,
  );

describe('the fields of mining', () => {
  it('are those of the contract, each once and in words', () => {
    expect(miningFields.map(({ key }) => key).sort()).toEqual(
      Object.keys(miningChoice.shape).sort(),
    );
    for (const { sentence } of miningFields) expect(sentence).toMatch(/^[A-Z].*\.$/);
  });

  it('offer only choices that the engine takes, the default among them', () => {
    for (const { key, choices } of fieldsOf('choice')) {
      expect(choices).toContain(defaults[key]);
      expect(choices.filter((choice) => !takes({ [key]: choice }))).toEqual([]);
      expect(takes({ [key]: 'of-tomorrow' })).toBe(false);
    }
    expect(fieldsOf('choice')).toHaveLength(4);
  });

  it('may be empty where the contract has no default', () => {
    for (const { key, empty } of fieldsOf('number')) {
      expect([key, empty !== undefined]).toEqual([key, defaults[key] === undefined]);
    }
  });

  it('go down to the least number that the engine takes', () => {
    for (const { key, min } of fieldsOf('number')) {
      if (min === undefined) expect(takes({ [key]: -0.5 })).toBe(true);
      else expect([takes({ [key]: min }), takes({ [key]: min - 1 })]).toEqual([true, false]);
    }
  });

  it('go in whole steps where the engine takes whole numbers only', () => {
    for (const { key, step } of fieldsOf('number')) {
      expect([key, takes({ [key]: 1.5 })]).toEqual([key, step !== 1]);
    }
    for (const { key } of fieldsOf('switch')) expect(takes({ [key]: !defaults[key] })).toBe(true);
  });
});
