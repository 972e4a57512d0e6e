import type { ObjectiveParts } from './objectives/parts.ts';

/** Whether single negatives can be taken out of an objective, by what is known of pairs. */
export function isMaskable({ source, selection, loss }: ObjectiveParts): boolean {
  return (
    source !== 'prototypes' &&
    !['cancellation', 'mixing'].includes(selection) &&
    !['global', 'vicreg'].includes(loss)
  );
}

/** What can be masked, and what to do instead; `setting` is that which masks. */
export function maskableObjectives(setting: 'labels' | 'verdicts'): string {
  return `negatives from a batch, a queue or banks, without cancellation, mixing, a global loss or VICReg beside them. Set ${setting} to ignore, or train simclr, debiased, hard, adnce, decoupled, sigmoid, supcon, ring, moco, moco-ring, ir, ir-ring, cmc, cmc-nce or cmc-ring.`;
}
