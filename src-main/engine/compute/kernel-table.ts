import type { KernelTable } from './kernel-call.ts';
import { binaryKernels } from './kernels/binary-kernels.ts';
import { convolutionKernels } from './kernels/convolution-kernels.ts';
import { imageKernels } from './kernels/image-kernels.ts';
import { indexingKernels } from './kernels/indexing-kernels.ts';
import { matrixKernels } from './kernels/matrix-kernels.ts';
import { poolingKernels } from './kernels/pooling-kernels.ts';
import { reductionKernels } from './kernels/reduction-kernels.ts';
import { shapeKernels } from './kernels/shape-kernels.ts';
import { unaryKernels } from './kernels/unary-kernels.ts';

/** Every tfjs kernel that can be recorded, by tfjs's name. */
export const kernelTable: KernelTable = {
  ...unaryKernels,
  ...binaryKernels,
  ...reductionKernels,
  ...matrixKernels,
  ...shapeKernels,
  ...indexingKernels,
  ...convolutionKernels,
  ...poolingKernels,
  ...imageKernels,
};
