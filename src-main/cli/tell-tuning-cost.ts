import type { EngineClient } from '../contract/client.ts';
import type { JobInput } from '../contract/jobs.ts';
import { tuningCostWords } from '../contract/tuning-cost.ts';
import type { CommandLine } from './command-line.ts';

/** Says before a fine-tuning begins what it takes; nothing of other trainings. */
export async function tellTuningCost(
  line: CommandLine,
  engine: EngineClient,
  { encoder, on, seeds = 1, ...input }: JobInput<'train'> & { readonly seeds?: number },
): Promise<void> {
  if (encoder !== 'finetune' || on === undefined || line.json) return;
  const { trainFrom, lora, size, batch, epochs, objective, settings, views } = input;
  const one = await engine.call('tuning.cost', {
    ...{ on, trainFrom, lora, size, batch, epochs, objective, settings, views },
  });
  const cost = { ...one, seconds: one.seconds && one.seconds * seeds };
  line.options.stderr.write(`${tuningCostWords(cost, { duration, size: megabytes })}\n`);
}

function duration(seconds: number): string {
  return seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.round(seconds / 60)} min`;
}

function megabytes(bytes: number): string {
  return `${Math.max(1, Math.round(bytes / 1e6))} MB`;
}
