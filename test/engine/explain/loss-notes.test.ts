import { describe, expect, it } from 'vitest';
import type { ObjectivePreset } from '../../../src-main/contract/objectives/presets.ts';
import { explanationSettings } from '../../../src-main/engine/explain/explain-run-anchor.ts';
import { lossNotes } from '../../../src-main/engine/explain/loss-notes.ts';

const inZ = { space: 'z', isTrainedStep: false } as const;

/** The notes on a run of one objective that is explained with this one. */
function notesOf(own: string | null, objective: ObjectivePreset, settings = {}): string {
  const run = { objective: own, settings };
  return lossNotes(run, explanationSettings(run, { objective }), inZ).join(' ');
}

describe('an objective that is not the run’s own', () => {
  it.each([
    ['vicreg', 'VICReg has no negatives'],
    ['prototypes', 'centres of clusters'],
    ['fnc', 'takes for false negatives'],
    ['mochi', 'mixes of others'],
    ['negcut', 'this objective’s generator makes'],
    ['ir', 'Binary NCE needs the noise of its training'],
  ] as const)('has its own notes: %s', (objective, note) => {
    for (const own of ['simclr', null]) {
      expect(notesOf(own, objective)).toContain(note);
      expect(notesOf(own, objective)).not.toContain('the training');
    }
  });

  it('is named where the run had no loss, and told apart from the run’s own', () => {
    expect(notesOf(null, 'simclr')).toMatch(/^The run was not trained by a loss: .*“.*SimCLR/);
    expect(notesOf('simclr', 'hard')).toBe(
      'As if trained with another objective than the run’s own.',
    );
    expect(notesOf('simclr', 'simclr')).toBe('');
  });

  it('looks at both sides of a run whose z has two', () => {
    expect(notesOf('cmc', 'simclr')).toContain('mean of both');
    expect(notesOf('simclr', 'cmc')).not.toContain('mean of both');
  });
});

it('says of the run’s own objective what its training did', () => {
  expect(notesOf('vicreg', 'vicreg')).toContain('The training had no negatives');
  const alone = 'from generated negatives alone';
  expect(notesOf('negcut', 'negcut')).toContain(alone);
  expect(notesOf('negcut', 'negcut', { generatedUse: 'beside' })).not.toContain(alone);
  expect(notesOf('simclr', 'simclr', { selection: 'generation' })).toContain(
    'Negatives that the training’s generator made',
  );
  expect(notesOf('fnc', 'fnc')).toContain('What the training took for false negatives');
  expect(notesOf('simclr', 'simclr', { selection: 'cave' })).toContain('the training attracted');
});
