import { expect, it } from 'vitest';
import { explainingObjectives } from '../../../../../src-renderer/pages/explore/knobs/explaining-objectives.ts';

it('has no objective without negatives, except for a run that was trained with it', () => {
  const names = (own: string | null): string[] => explainingObjectives(own).map(([name]) => name);
  expect(names('simclr')).toContain('hard');
  expect(names('simclr')).not.toContain('vicreg');
  expect(names(null)).not.toContain('vicreg');
  expect(names('vicreg')).toContain('vicreg');
});
