import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { answerApart } from '../devices/answer-apart.ts';
import { placeOperators } from '../graph/operator-placement.ts';
import { placedStep } from './training-steps.ts';

await answerApart(async ([device = '', step = '', modelFolder = '']) => {
  const folder = await mkdtemp(join(tmpdir(), 'negatoscope-profile-'));
  try {
    return { operators: await placeOperators(await placedStep(step, modelFolder), device, folder) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
