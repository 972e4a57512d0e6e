import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { trainableEncoders } from '../../../src-main/engine/networks/trainable-encoder.ts';
import { flatLength } from '../../../src-main/engine/networks/weights.ts';
import { temporaryFolder } from '../../engine/store/temporary-library.ts';
import { findPython, pythonCandidates } from './find-python.ts';
import { tuningSteps } from './tuning-plan.ts';

const script = join(import.meta.dirname, 'python/torch_networks.py');

it('PyTorch’s networks have as many trained and frozen weights as ours', async ({ skip }) => {
  const found = await findPython(['torch'], pythonCandidates(process.env));
  if ('missing' in found) return skip(found.missing);
  const printed: unknown = JSON.parse(execFileSync(found.python, [script], { encoding: 'utf8' }));
  const ours = (name: 'resnet8' | 'resnet18') => ({
    parameters: flatLength(trainableEncoders[name].specs, 'trainable'),
    frozen: 0,
  });
  const tuning = { folder: temporaryFolder(), pictures: 2, side: 32, steps: 1 };
  const { trained, frozen } = await tuningSteps(tuning);
  expect(printed).toEqual({
    ...{ resnet8: ours('resnet8'), resnet18: ours('resnet18') },
    starter: { parameters: trained, frozen },
  });
});
