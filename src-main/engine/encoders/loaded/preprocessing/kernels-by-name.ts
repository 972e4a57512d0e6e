import type { Preprocessing } from '../../../../contract/preprocessing.ts';

/** The kernels by the names that Pillow, torchvision, timm and open_clip have for them. */
export const kernelsByName: Readonly<Record<string, Preprocessing['kernel']>> = {
  nearest: 'nearest',
  bilinear: 'linear',
  bicubic: 'cubic',
  lanczos: 'lanczos3',
};
