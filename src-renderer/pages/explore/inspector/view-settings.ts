import {
  augmentationOverrides,
  augmentationPreset,
} from '../../../../src-main/contract/augmentations.ts';
import type { RunSummary } from '../../../../src-main/contract/runs.ts';

const defaultSize = 64;

/** Whether a run was trained on views: without an augmentation there are none to show. */
export function hasViews(settings: RunSummary['settings']): boolean {
  return settings['augmentation'] !== undefined;
}

/** How a run's training drew its views; a run that was not trained here shows the default ones. */
export function viewSettings(settings: RunSummary['settings']) {
  const preset = augmentationPreset.safeParse(settings['augmentation']);
  const overrides = augmentationOverrides.safeParse(settings['augmentationOverrides'] ?? {});
  const size = settings['size'];
  return {
    ...(preset.success && { augmentation: preset.data }),
    ...(overrides.success && { augmentationOverrides: overrides.data }),
    size: typeof size === 'number' ? size : defaultSize,
  };
}
