import { beforeEach, describe, expect, it } from 'vitest';
import { trainInput } from '../../../../src-main/contract/runs.ts';
import { TrainForm } from '../../../../src-renderer/app/training/train-form.svelte.ts';

let form: TrainForm;
beforeEach(() => {
  form = new TrainForm(() => 1000);
});

describe('the form of a training', () => {
  it('begins with what the engine would take by itself', () => {
    expect(form.problem).toBe('');
    expect(trainInput.parse(form.input)).toEqual(trainInput.parse({}));
  });

  it('leaves the name to the engine where it is empty, and without spaces around it', () => {
    form.name = '   ';
    expect(form.input).not.toHaveProperty('name');
    form.name = '  hard, twice ';
    expect(form.input.name).toBe('hard, twice');
  });

  it('leaves head and views to the objective until they are chosen', () => {
    form.objective = 'cmc';
    expect(form.input).not.toHaveProperty('head');
    expect(form.input).not.toHaveProperty('augmentation');
    expect(form.views.preset).toBe('cmc');
    form.objective = 'simclr';
    form.size = 96;
    expect(form.views.preset).toBe('simclr-imagenet');
    form.encoder = 'head';
    expect(form.views.preset).toBe('gentle');
    form.head = 'linear';
    expect(form.input.head).toBe('linear');
  });

  it('shows the epochs that the source needs until they are chosen', () => {
    expect([form.epochs, form.input.epochs]).toEqual([30, undefined]);
    form.objective = 'ir';
    expect([form.epochs, form.input.epochs]).toEqual([60, undefined]);
    form.set('source', 'batch');
    expect(form.epochs).toBe(30);
    form.epochs = 45;
    form.objective = 'ir-ring';
    expect([form.epochs, form.input.epochs]).toEqual([45, 45]);
    form.write(new TrainForm(() => 1000).read());
    form.objective = 'ir';
    expect(form.epochs).toBe(60);
  });

  it('hands on how batches are drawn: of the chosen way alone, and the rate with verdicts alone', () => {
    expect(form.input).not.toHaveProperty('batches');
    form.batches.set('batches', 'proximity');
    form.batches.set('proximityNeighbours', 30);
    form.batches.set('differentRate', 0.8);
    expect(form.input).toMatchObject({ batches: 'proximity', proximityNeighbours: 30 });
    expect(form.input).not.toHaveProperty('differentRate');
    form.verdicts = 'attract';
    expect(form.input).toMatchObject({ differentRate: 0.8 });
    form.batches.set('batches', 'group');
    expect(form.input).not.toHaveProperty('proximityNeighbours');
    form.batches.set('groupBy', 'verdicts');
    expect(form.problem).toBe('');
    form.verdicts = 'ignore';
    expect(form.problem).toMatch(/Batches by verdict groups need verdicts/);
    form.batches.set('groupBy', 'label');
    form.batches.set('groupSize', NaN);
    expect(form.problem).toBe('"groupSize" must be a number.');
    const other = new TrainForm(() => 1000);
    form.batches.set('groupSize', 6);
    other.write(form.read());
    expect(other.input).toEqual(form.input);
  });

  it('hands on all that was filled in', () => {
    Object.assign(form, { epochs: 7, batch: 32, size: 64, seed: 3, device: 'cpu' });
    Object.assign(form, { verdicts: 'mask', ledgerSize: 0, keepCheckpoints: 'all' });
    form.views.chosen = 'gentle';
    form.views.set('hue', 0.3);
    form.optimisation.set('learningRate', 0.01);
    expect(form.input).toMatchObject({
      ...{ epochs: 7, batch: 32, size: 64, seed: 3, device: 'cpu', verdicts: 'mask' },
      ...{ ledgerSize: 0, keepCheckpoints: 'all', learningRate: 0.01 },
      ...{ augmentation: 'gentle', augmentationOverrides: { hue: 0.3 } },
    });
    expect(form.problem).toBe('');
  });
});

describe('labels', () => {
  it('are given for a mask, or to SupCon, of the chosen splits', () => {
    form.labelsOf = ['train'];
    expect(form.takesLabels).toBe(false);
    expect(form.input).toMatchObject({ labels: 'ignore' });
    expect(form.input.labelsOf).toBeUndefined();
    form.labels = 'mask';
    expect(form.input).toMatchObject({ labels: 'mask', labelsOf: ['train'] });
    form.objective = 'supcon';
    expect([form.contrastsLabels, form.takesLabels, form.problem]).toEqual([true, true, '']);
    expect(form.input).toMatchObject({ labels: 'ignore', labelsOf: ['train'] });
    form.set('positivesFrom', 'verdicts');
    expect([form.contrastsLabels, form.takesLabels]).toEqual([false, true]);
    expect(form.input).toMatchObject({ labels: 'mask', settings: { positivesFrom: 'verdicts' } });
    form.labels = 'ignore';
    expect(form.input.labelsOf).toBeUndefined();
    form.labelsOf = [];
    form.labels = 'mask';
    expect(form.input.labelsOf).toBeUndefined();
  });
});

describe('the settings of an objective', () => {
  it('are the paper’s until they are set, and only what was set is handed on', () => {
    form.objective = 'ring';
    expect([form.valueOf('temperature'), form.settings]).toEqual([0.07, {}]);
    form.set('ringOuter', 0.4);
    expect([form.valueOf('ringOuter'), form.settings]).toEqual([0.4, { ringOuter: 0.4 }]);
    form.reset('ringOuter');
    expect([form.valueOf('ringOuter'), form.settings]).toEqual([0.5, {}]);
  });

  it('are remembered for every preset', () => {
    form.objective = 'hard';
    form.set('beta', 2);
    form.objective = 'debiased';
    expect(form.settings).toEqual({});
    form.set('tauPlus', 0.2);
    form.objective = 'hard';
    expect(form.settings).toEqual({ beta: 2 });
  });

  it('of a part that was put in its place come and go with the part', () => {
    form.set('selection', 'hard');
    form.set('beta', 3);
    expect(form.description.settings.map(({ key }) => key)).toContain('beta');
    expect(form.input.settings).toEqual({ selection: 'hard', beta: 3 });
    form.set('selection', 'all');
    expect(form.input.settings).toEqual({ selection: 'all' });
  });
});

describe('a head', () => {
  it('names what it is trained on and how many views are stored; a network of pictures does not', () => {
    form.on = 'pixels';
    form.keptViews = 4;
    expect([form.base, form.input.on]).toEqual([null, undefined]);
    form.encoder = 'head';
    expect([form.base, form.input.on, form.input.views]).toEqual(['pixels', 'pixels', 4]);
    form.encoder = 'resnet18';
    expect([form.base, form.input.on, form.input.views]).toEqual([null, undefined, undefined]);
  });

  it.each<[string, string, (filled: TrainForm) => void]>([
    ['nothing to be trained on', 'A head is trained on the features', (f) => (f.on = '')],
    ['lightness and colour apart', 'cmc separates lightness from', (f) => (f.objective = 'cmc')],
    [
      'too few views',
      'A step of simclr takes 2 different views of each picture, but only 1 are cached; set views to at least 2.',
      (f) => (f.keptViews = 1),
    ],
  ])('is refused with %s', (_name, sentence, fill) => {
    form.encoder = 'head';
    expect(form.problem).toBe('');
    fill(form);
    expect(form.problem).toContain(sentence);
  });
});

describe('fine-tuning', () => {
  it('has fresh views unless some are kept, beside those of heads', () => {
    form.keptViews = 4;
    form.encoder = 'finetune';
    expect(form.input.views).toBe(0);
    form.tunedViews = 6;
    expect(form.input.views).toBe(6);
    expect(form.problem).toBe('');
    form.tunedViews = 1;
    expect(form.problem).toContain('but only 1 are cached');
    form.tunedViews = 6;
    form.objective = 'cmc';
    expect(form.problem).toContain('set views to 0');
  });
});

describe('defaults', () => {
  const shown = (key: string) => form.description.settings.find((setting) => setting.key === key);

  it('are those of this batch, library and length, also beside a changed value', () => {
    form.objective = 'moco';
    // A quarter of 1,000 pictures is three whole batches of 64; 450 steps, 0.05^(2 / 450).
    expect([form.valueOf('queueSize'), shown('queueSize')?.default]).toEqual([192, 192]);
    expect(form.valueOf('keyMomentum')).toBe(0.9868);
    form.set('queueSize', 640);
    expect([form.valueOf('queueSize'), shown('queueSize')?.default]).toEqual([640, 192]);
    form.batch = 32;
    expect([shown('queueSize')?.default, shown('batchNormSplits')?.default]).toEqual([224, 4]);
    expect(form.settings).toEqual({ queueSize: 640 });
  });

  it('are those of the table while the settings cannot be trained with', () => {
    form.objective = 'moco';
    form.set('queueSize', 100);
    expect(form.valueOf('keyMomentum')).toBe(0.999);
  });
});

describe('what cannot be trained', () => {
  it.each<[string, (filled: TrainForm) => void]>([
    ['A batch of one has no negatives', (f) => (f.batch = 1)],
    ['"epochs" must be at least 1.', (f) => (f.epochs = 0)],
    ['"size" must be at least 16.', (f) => (f.size = 8)],
    ['The weights of the last epoch are always', (f) => (f.keepCheckpoints = 0)],
    ['"name" must be at most 120 characters long.', (f) => (f.name = 'x'.repeat(121))],
    ['hue must be', (f) => f.views.set('hue', 2)],
    ['Adam has no momentum', (f) => f.optimisation.set('momentum', 0.5)],
    [
      'Verdicts cannot be used with prototypes',
      (f) => Object.assign(f, { objective: 'prototypes', verdicts: 'mask' }),
    ],
    [
      'Labels cannot be used with fnc',
      (f) => Object.assign(f, { objective: 'fnc', labels: 'mask' }),
    ],
    [
      'its setting positivesFrom is verdicts or both',
      (f) => Object.assign(f, { objective: 'supcon', verdicts: 'attract' }),
    ],
  ])('is said: %s', (sentence, fill) => {
    fill(form);
    expect(form.problem).toContain(sentence);
  });

  it('is what the library is too small for, where it was set, but not a default', () => {
    form.objective = 'ir-ring';
    expect(form.problem).toBe('');
    form.set('nceK', 2000);
    expect(form.problem).toContain('the library has only 1000 pictures');
    form.objective = 'moco';
    expect(form.problem).toBe('');
    form.set('queueSize', 100);
    expect(form.problem).toContain('the nearest queueSize is 128');
  });
});
