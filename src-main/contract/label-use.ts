import './errors/without-eval.ts';
import { z } from 'zod';
import { EngineError } from './errors/errors.ts';
import type { Objective } from './objectives/parse-objective.ts';
import { isMaskable, maskableObjectives } from './maskable-objectives.ts';

/** What a training does with pairs of one label; SupCon takes them as positives by its own setting. */
export const labelUse = z.enum(['ignore', 'mask'], {
  error: 'labels must be ignore or mask.',
});
export type LabelUse = z.infer<typeof labelUse>;

/**
 * The splits whose labels a training is given; of all pictures where left out. What is left out of it
 * is hidden from the training, and there for scoring.
 */
export const labelsOf = z.array(z.string().min(1)).min(1, 'Name a split whose labels are given.');

/** What a training chooses of labels. */
interface LabelChoice {
  readonly labels: LabelUse;
  readonly labelsOf?: readonly string[] | undefined;
}

/**
 * Refuses a use of labels that the objective does not have.
 * @throws EngineError bad-argument that says what would work
 */
export function checkLabelUse(
  { labels, labelsOf: splits }: LabelChoice,
  objective: Objective,
): void {
  const { preset, settings } = objective;
  const takesLabels = settings.positivesFrom === 'labels' || settings.positivesFrom === 'both';
  if (labels === 'mask' && takesLabels) {
    throw refused(
      `Labels cannot be masked with ${preset} while its positives come from them: set labels to ignore, or positivesFrom to verdicts.`,
    );
  }
  if (labels === 'mask' && !isMaskable(objective)) {
    throw refused(
      `Labels cannot be used with ${preset}: they mask ${maskableObjectives('labels')}`,
    );
  }
  if (labels === 'mask' && settings.generatedUse === 'replace') {
    throw refused(
      `Labels cannot be used with ${preset} while its generated negatives replace the real ones: there is none to mask. Set generatedUse to beside, or labels to ignore.`,
    );
  }
  if (splits !== undefined && labels === 'ignore' && !takesLabels) {
    throw refused(
      `Labels of ${splits.join(', ')} are named, but this training is given no labels: set labels to mask, train supcon, or leave the splits out.`,
    );
  }
}

function refused(sentence: string): EngineError {
  return new EngineError('bad-argument', sentence);
}
