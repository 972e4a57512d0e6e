import { augmentationPresets } from '../../../src-main/contract/augmentations.ts';
import {
  cropNumbers,
  drawAugmentation,
} from '../../../src-main/engine/augmentation/augmentation-draws.ts';
import { viewBytes, viewsSpec } from '../../../src-main/engine/augmentation/views-program.ts';
import { compileProgram } from '../../../src-main/engine/graph/compile-program.ts';
import { seedRandom } from '../../../src-main/engine/numeric/random.ts';
import { cropViews } from '../../../src-main/engine/pictures/crop-views.ts';
import type { CropSource } from '../../../src-main/engine/pictures/crop-views.ts';
import {
  ensurePixels,
  ensureSourcePixels,
} from '../../../src-main/engine/pictures/decode-pixels.ts';
import { StoredCropSources } from '../../../src-main/engine/pictures/stored-crop-sources.ts';
import { openLibrary } from '../../../src-main/engine/store/library-file.ts';
import type { Library } from '../../../src-main/engine/store/library-file.ts';
import { readPixels } from '../../../src-main/engine/store/pixels.ts';
import { presentSampleIds } from '../../../src-main/engine/store/samples.ts';
import type { TruthFigure, TruthSection } from './truth-figure.ts';
import { cropSecondsOfStep } from './view-seconds.ts';

const [size, viewsPerPicture, mostPictures] = [32, 20, 200];
/** SimCLR's crops alone: changes of colour and blur would change the sharpness, too. */
const settings = {
  ...augmentationPresets.simclr.settings,
  ...{ jitterProbability: 0, grayscaleProbability: 0 },
};

/** What views look like, and what they cost, when they are cropped from the picture at its own size. */
export const viewsTruth: TruthSection = {
  title: 'Views',
  measure: async ({ libraryFile, report }) => {
    const library = openLibrary(libraryFile, { mode: 'write', now: () => Date.now() });
    const ids = presentSampleIds(library);
    await decodeAll(library, ids);
    const every = Math.ceil(ids.length / mostPictures);
    const some = ids.filter((_, index) => index % every === 0);
    report(`${some.length} pictures, ${viewsPerPicture} crops of each`);
    const sources = new StoredCropSources(libraryFile, size, 2 ** 28);
    const now = await correlation(some, (id) => sources.read(id));
    const before = await correlation(some, (id) => ({
      kind: 'square',
      rgb: readPixels(library, Uint32Array.of(id), size),
    }));
    sources.close();
    report('training steps, with views from either');
    const seconds = await cropSecondsOfStep(library, ids, size);
    library.close();
    return [
      {
        name: "Rank correlation of a crop's area with its sharpness, views of 32 px",
        ...{ value: now, before, expected: '-0.2 of crops from the original picture' },
      },
      ...seconds,
    ] satisfies TruthFigure[];
  },
};

async function decodeAll(library: Library, sampleIds: Uint32Array): Promise<void> {
  const decode = {
    ...{ library, sampleIds, size, workers: 2, onProgress: () => undefined },
    signal: new AbortController().signal,
  };
  await ensurePixels(decode);
  await ensureSourcePixels(decode);
}

/**
 * The rank correlation of area and sharpness over the views of each picture, as a mean over the
 * pictures.
 */
async function correlation(
  sampleIds: Uint32Array,
  sourceOf: (id: number) => CropSource,
): Promise<number> {
  const spec = viewsSpec({ views: viewsPerPicture, size, settings });
  const program = await compileProgram(spec, 'cpu', { threads: 1 });
  const random = seedRandom(1);
  const length = size * size * 3;
  const found: number[] = [];
  for (const id of sampleIds) {
    const source = sourceOf(id);
    const aspect = source.kind === 'source' ? source.width / source.height : 1;
    const drawn = drawAugmentation(viewsPerPicture, settings, random, () => aspect);
    const cropped = cropViews(() => source, drawn.crops, size);
    const views = viewBytes(await program.run({ ...cropped, colours: drawn.colours }));
    const each = Array.from({ length: viewsPerPicture }, (_, view) => view);
    const areas = each.map((view) => areaOf(drawn.crops, view));
    const sharp = each.map((view) =>
      sharpness(views.subarray(view * length, (view + 1) * length)),
    );
    found.push(rankCorrelation(areas, sharp));
  }
  await program.dispose();
  return found.reduce((sum, value) => sum + value, 0) / found.length;
}

function areaOf(crops: Float32Array, view: number): number {
  const [, , height = 0, width = 0] = crops.subarray(view * cropNumbers, (view + 1) * cropNumbers);
  return Math.abs(height * width);
}

/** The variance of the Laplacian of a view's grey. */
function sharpness(view: Uint8Array): number {
  const grey = (x: number, y: number): number => {
    const at = (y * size + x) * 3;
    return 0.299 * view[at]! + 0.587 * view[at + 1]! + 0.114 * view[at + 2]!;
  };
  let [sum, squares, count] = [0, 0, 0];
  for (let y = 1; y < size - 1; y += 1) {
    for (let x = 1; x < size - 1; x += 1) {
      const around = grey(x - 1, y) + grey(x + 1, y) + grey(x, y - 1) + grey(x, y + 1);
      const value = around - 4 * grey(x, y);
      sum += value;
      squares += value ** 2;
      count += 1;
    }
  }
  return squares / count - (sum / count) ** 2;
}

function ranks(values: readonly number[]): number[] {
  return values.map(
    (value) =>
      values.filter((other) => other < value).length +
      (values.filter((other) => other === value).length - 1) / 2,
  );
}

/** Spearman's: Pearson's of the ranks. */
function rankCorrelation(first: readonly number[], second: readonly number[]): number {
  const middle = (first.length - 1) / 2;
  const [a, b] = [ranks(first), ranks(second)].map((all) => all.map((rank) => rank - middle)) as [
    number[],
    number[],
  ];
  const dot = (x: number[], y: number[]): number => x.reduce((sum, v, at) => sum + v * y[at]!, 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}
