import { describe, expect, it } from 'vitest';
import {
  settingsOf,
  settingTitle,
  valueText,
} from '../../../../../src-renderer/pages/compare/runs/run-settings.ts';
import { runOf } from '../../../run-of.ts';

describe("a setting's title", () => {
  it('is the word of the form, with the symbol and its meaning for an objective’s', () => {
    const { title, hint } = settingTitle('temperature');
    expect(title).toBe('temperature');
    expect(hint).toMatch(/^t: /);
    expect(settingTitle('learningRate')).toMatchObject({ title: 'learning rate', hint: '' });
    expect(settingTitle('cropScaleMax').title).toBe('crop scale max');
  });

  it('stands behind those of the objective, what nobody knows last', () => {
    const orders = ['temperature', 'epochs', 'batch', 'learningRate', 'somethingNew'].map(
      (key) => settingTitle(key).order,
    );
    expect(orders).toEqual(orders.toSorted((a, b) => a - b));
    expect(new Set(orders).size).toBe(5);
    expect(settingTitle('another').order).toBe(settingTitle('somethingNew').order);
  });
});

describe('what a run was trained with', () => {
  it('is each of its settings once, those of the augmentation and the encoder it stands on too', () => {
    const settings = {
      ...{ job: 3, temperature: 0.5, augmentation: 'simclr', augmentationOverrides: { hue: 0.1 } },
      ...{ frozen: { on: 1, name: 'clip' }, views: 8 },
    };
    expect(Object.fromEntries(settingsOf(runOf(3, { settings })))).toEqual({
      ...{ temperature: 0.5, augmentation: 'simclr', hue: 0.1, views: 8, on: 'clip' },
    });
  });

  it('is nothing for what was not trained here', () => {
    expect(settingsOf({ kind: 'imported', settings: { seed: 1 } }).size).toBe(0);
    expect(settingsOf({ kind: 'loaded', settings: {} }).size).toBe(0);
    expect(settingsOf({ kind: 'trained', settings: {} }).size).toBe(0);
  });
});

describe('a value', () => {
  it.each([
    [0.000_312_49, '0.0003125'],
    [0.1 + 0.2, '0.3'],
    [12_345, '12350'],
    [0, '0'],
    [-1.5, '-1.5'],
    [true, 'on'],
    [false, 'off'],
    ['cosine', 'cosine'],
    [[], 'none'],
    [[0.6, 0.8], '0.6, 0.8'],
    [[true, 'a', 1 / 3], 'on, a, 0.3333'],
    [{ a: 1 }, '{"a":1}'],
    [null, 'null'],
  ])('%j is written %s', (value, text) => {
    expect(valueText(value)).toBe(text);
  });
});
