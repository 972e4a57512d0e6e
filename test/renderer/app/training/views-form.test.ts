import { beforeEach, describe, expect, it } from 'vitest';
import { ViewsForm } from '../../../../src-renderer/app/training/views-form.svelte.ts';

let form: ViewsForm;

beforeEach(() => {
  form = new ViewsForm(() => 'simclr');
});

describe('the form of views', () => {
  it('begins with SimCLR’s numbers, nothing changed', () => {
    expect([form.preset, form.overrides, form.isChanged, form.problem]).toEqual([
      ...['simclr', {}, false, ''],
    ]);
    expect(form.valueOf('cropScaleMin')).toBe(0.08);
    expect(form.settingOf('hue')).toMatchObject({ key: 'hue', default: 0.1, max: 0.5 });
  });

  it('has the defaults of its preset', () => {
    form.chosen = 'moco-v1';
    expect(form.settingOf('hue').default).toBe(0.4);
    expect(form.valueOf('cropScaleMin')).toBe(0.2);
  });

  it('follows the objective until a preset is chosen', () => {
    const made = new ViewsForm(() => 'cmc');
    expect([made.preset, made.valueOf('grayscaleProbability')]).toEqual(['cmc', 0]);
    made.chosen = 'gentle';
    expect([made.preset, made.ofObjective]).toEqual(['gentle', 'cmc']);
    made.chosen = null;
    expect(made.preset).toBe('cmc');
  });

  it('keeps for every preset what was set for it', () => {
    form.set('brightness', 0.7);
    form.chosen = 'gentle';
    expect([form.overrides, form.valueOf('brightness')]).toEqual([{}, 0.2]);
    form.set('hue', 0.3);
    form.chosen = 'simclr';
    expect([form.overrides, form.valueOf('brightness')]).toEqual([{ brightness: 0.7 }, 0.7]);
    form.reset();
    expect([form.isChanged, form.valueOf('brightness')]).toEqual([false, 0.4]);
    form.chosen = 'gentle';
    expect(form.overrides).toEqual({ hue: 0.3 });
  });

  it('has changed nothing where a number is set to the preset’s own', () => {
    form.set('brightness', 0.7);
    form.set('brightness', 0.4);
    expect(form.isChanged).toBe(false);
  });

  it('says what is out of range, and which two contradict each other', () => {
    form.set('hue', 0.6);
    expect(form.problem).toMatch(/^hue must be .*0\.5/);
    form.set('hue', 0.5);
    expect(form.problem).toBe('');
    form.set('cropScaleMin', 0.9);
    form.set('cropScaleMax', 0.5);
    expect(form.problem).toBe(
      'cropScaleMin is 0.9, more than cropScaleMax, which is 0.5; change one of the two.',
    );
  });
});
