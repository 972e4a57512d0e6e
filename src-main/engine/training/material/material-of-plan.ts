import type { FrozenEncoder } from '../../encoders/embedding/encoder.ts';
import type { JobContext } from '../../jobs/job-context.ts';
import type { TrainingPlan } from '../plan/training-plan.ts';
import { cachedPartMaterial } from './cached-part-material.ts';
import { FeatureMaterial } from './feature-material.ts';
import { pixelMaterial } from './pixel-material.ts';
import type { TrainingMaterial } from './training-material.ts';

/** The material of a planned training; `frozen` is the encoder before a head or an adapter. */
export function materialOfPlan(
  context: JobContext,
  plan: TrainingPlan,
  frozen: FrozenEncoder | null,
  device: string,
): Promise<TrainingMaterial> {
  const { cachedViews: views, tuned } = plan;
  if (frozen) return FeatureMaterial.create(context, plan, { frozen, views }, device);
  const { encoder } = plan.step;
  if (!tuned || !encoder.cut) return pixelMaterial(context, plan, device);
  const part = { encoder: { ...encoder, cut: encoder.cut }, tuned, views };
  return cachedPartMaterial(context, plan, part, device);
}
