import { mkdirSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type { Engine } from '../../src-main/engine/engine.ts';
import { runToState } from '../contract/wait-for-job.ts';

/** Names that begin alike, as those of clothes in shops do, and one that is long. */
const someLabels = [
  'clothes-shirts',
  'clothes-shoes',
  'clothes-shorts',
  'clothes and accessories of every kind',
];
export const labelCount = 36;
export const longRunName = 'ring negatives of the nearest tenth, two epochs only';

/** Gives the emoji of a scanned library 36 labels, a run a long name, and both trainings their maps. */
export async function giveManyLabels(engine: Engine, folder: string): Promise<void> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.png'))
    .sort();
  files.forEach((file, index) => {
    const at = index % labelCount;
    const label = someLabels[at] ?? `food-prepared-${String(at)}`;
    mkdirSync(join(folder, label), { recursive: true });
    renameSync(join(folder, file), join(folder, label, file.replaceAll(/[\\/]/g, '-')));
  });
  await runToState(engine, 'scan', { folder, labels: 'folder' });
  await engine.call('runs.update', { run: 'ring', name: longRunName });
  for (const run of ['simclr', longRunName]) await runToState(engine, 'map', { run, seed: 1 });
}
