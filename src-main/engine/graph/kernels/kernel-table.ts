import type { KernelTable } from '../recorder/kernel-call.ts';
import { binaryKernels } from './binary-kernels.ts';
import { convolutionKernels } from './convolution-kernels.ts';
import { depthwiseGradientKernels } from './depthwise-gradients.ts';
import { imageKernels } from './image-kernels.ts';
import { indexingKernels } from './indexing-kernels.ts';
import { matrixKernels } from './matrix-kernels.ts';
import { poolingKernels } from './pooling-kernels.ts';
import { reductionKernels } from './reduction-kernels.ts';
import { shapeKernels } from './shape-kernels.ts';
import { unaryKernels } from './unary-kernels.ts';

/** Every tfjs kernel that can be recorded, by tfjs's name of it. */
export const kernelTable: KernelTable = {
  ...unaryKernels,
  ...binaryKernels,
  ...reductionKernels,
  ...matrixKernels,
  ...shapeKernels,
  ...indexingKernels,
  ...convolutionKernels,
  ...depthwiseGradientKernels,
  ...poolingKernels,
  ...imageKernels,
};
