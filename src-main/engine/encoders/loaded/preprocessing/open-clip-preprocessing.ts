import type { Preprocessing } from '../../../../contract/preprocessing.ts';
import { absentSentence } from './absent-sentence.ts';
import { ConfigKeys } from './config-keys.ts';
import type { ConfigSize } from './config-keys.ts';
import { fittedToModel } from './fitted-to-model.ts';
import type { FixedSides, FoundPreprocessing } from './found-preprocessing.ts';
import { usualColours } from './usual-colours.ts';
import { withFill } from './with-fill.ts';

type Json = Readonly<Record<string, unknown>>;

/**
 * The preprocessing of open_clip: the settings of a file, preprocess_cfg.json or preprocess_cfg in
 * open_clip_config.json, over open_clip's defaults.
 * @param imageSize the size that the model's own settings have, which comes before the one in `settings`
 */
export function openClipPreprocessing(
  settings: Json,
  file: string,
  imageSize: unknown,
  fixed: FixedSides,
): FoundPreprocessing {
  const keys = new ConfigKeys(settings);
  const size = new ConfigKeys({ size: imageSize }).size('size') ?? keys.size('size');
  keys.skip('size');
  const mode = keys.text('resize_mode');
  const interpolation = keys.text('interpolation');
  const level = Math.min(255, Math.max(0, Math.round(keys.number('fill_color') ?? 0)));
  const mean = keys.three('mean');
  const std = keys.positiveThree('std');
  const plan: Preprocessing = {
    ...resizeOf(mode ?? 'shortest', sidesOf(size)),
    oddMargin: 'even',
    kernel: interpolation === 'bilinear' ? 'linear' : 'cubic',
    channels: 'rgb',
    scale: 1 / 255,
    mean: mean ?? [...usualColours.clip.mean],
    std: std ?? [...usualColours.clip.std],
  };
  const fill = mode === 'longest' ? level : 0;
  const fitted = fittedToModel(withFill(plan, [fill, fill, fill]), fixed, file);
  return {
    preprocessing: fitted.preprocessing,
    reason: `Read from ${file} beside the model, by the rules of open_clip.`,
    assumptions: [
      absentSentence({ size, interpolation, resize_mode: mode, mean, std }, file, 'open_clip'),
      mode !== undefined && !['shortest', 'longest', 'squash'].includes(mode)
        ? `Its resize_mode ${mode} is not known; shortest is taken.`
        : '',
      keys.leftSentence([/^(mode|auto_map|(image_)?processor_(type|class))$/], file),
      ...fitted.assumptions,
    ].filter(Boolean),
  };
}

function sidesOf(size: ConfigSize | undefined): { width: number; height: number } {
  if (size && 'width' in size) return size;
  const one = size && 'one' in size ? size.one : 224;
  return { width: one, height: one };
}

function resizeOf(
  mode: string,
  size: { width: number; height: number },
): Pick<Preprocessing, 'mode' | 'resize' | 'width' | 'height'> {
  const plan = { ...size, resize: Math.min(size.width, size.height) };
  if (mode === 'squash') return { ...plan, mode: 'stretch' };
  if (mode === 'longest') return { ...plan, mode: 'longest' };
  return { ...plan, mode: size.width === size.height ? 'crop' : 'outside' };
}
