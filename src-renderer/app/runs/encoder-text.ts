import { frozenName } from '../../../src-main/contract/head-training.ts';
import type { RunSummary } from '../../../src-main/contract/runs.ts';

/**
 * A run's encoder in words; for a head or an adapter also its frozen encoder and number of kept
 * views.
 */
export function encoderText({
  encoder,
  settings,
}: Pick<RunSummary, 'encoder' | 'settings'>): string {
  const base = frozenName(settings);
  if (base === null) return encoder;
  return `${encoder} on ${base} · ${Number(settings['views'])} kept views`;
}
