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
import { decodeSource } from '../../../src-main/engine/pictures/decode-source.ts';
import { StoredCropSources } from '../../../src-main/engine/pictures/stored-crop-sources.ts';
import { filesOfSample } from '../../../src-main/engine/store/files.ts';
import { libraryDecoding } from '../../../src-main/engine/store/library-decoding.ts';
import { openLibrary } from '../../../src-main/engine/store/library-file.ts';
import type { Library } from '../../../src-main/engine/store/library-file.ts';
import { readPixels } from '../../../src-main/engine/store/pixels.ts';
import { presentPicture, presentSampleIds } from '../../../src-main/engine/store/samples.ts';
import type { TruthFigure, TruthSection } from './truth-figure.ts';
import { cropSecondsOfStep } from './view-seconds.ts';

/** The sides of the views: that of the demo's trainings, and the usual one. */
const sizes = [16, 32] as const;
const [viewsPerPicture, mostPictures] = [20, 200];
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
    const every = Math.ceil(ids.length / mostPictures);
    const some = ids.filter((_, index) => index % every === 0);
    const figures: TruthFigure[] = [];
    for (const size of sizes) {
      report(`${some.length} pictures, ${viewsPerPicture} crops of each to ${size} px`);
      await decodeAll(library, ids, size);
      figures.push(await areaFigure(library, some, size));
    }
    report('training steps, with views from either');
    figures.push(...(await cropSecondsOfStep(library, ids, sizes[1])));
    library.close();
    return figures;
  },
};

async function areaFigure(library: Library, ids: Uint32Array, size: number): Promise<TruthFigure> {
  const sources = new StoredCropSources(library.file, size, 2 ** 28);
  const value = await correlation(ids, size, (id) => sources.read(id));
  sources.close();
  const before = await correlation(ids, size, (id) => ({
    kind: 'square',
    rgb: readPixels(library, Uint32Array.of(id), size),
  }));
  const whole = await correlation(ids, size, (id) => wholePicture(library, id));
  return {
    name: `Rank correlation of a crop's area with its sharpness, views of ${size} px`,
    ...{ value, before },
    expected: `${whole.toFixed(3)} of crops from all pixels of the files; large crops show more edges`,
  };
}

async function wholePicture(library: Library, id: number): Promise<CropSource> {
  const [path = ''] = filesOfSample(library, id);
  const hash = presentPicture(library, id)?.hash ?? '';
  const decoding = libraryDecoding(library);
  return { kind: 'source', ...(await decodeSource(path, hash, Infinity, decoding)) };
}

async function decodeAll(library: Library, sampleIds: Uint32Array, size: number): Promise<void> {
  const decode = {
    ...{ library, sampleIds, size, workers: 2, onProgress: () => undefined },
    signal: new AbortController().signal,
  };
  await ensurePixels(decode);
  await ensureSourcePixels(decode);
}

/** The rank correlation of area and sharpness over the views of all pictures. */
async function correlation(
  sampleIds: Uint32Array,
  size: number,
  sourceOf: (id: number) => CropSource | Promise<CropSource>,
): Promise<number> {
  const spec = viewsSpec({ views: viewsPerPicture, size, settings });
  const program = await compileProgram(spec, 'cpu', { threads: 1 });
  const random = seedRandom(1);
  const length = size * size * 3;
  const areas: number[] = [];
  const sharp: number[] = [];
  for (const id of sampleIds) {
    const source = await sourceOf(id);
    const aspect = source.kind === 'source' ? source.width / source.height : 1;
    const drawn = drawAugmentation(viewsPerPicture, settings, random, () => aspect);
    const cropped = cropViews(() => source, drawn.crops, size);
    const views = viewBytes(await program.run({ ...cropped, colours: drawn.colours }));
    for (let view = 0; view < viewsPerPicture; view += 1) {
      areas.push(areaOf(drawn.crops, view));
      sharp.push(sharpness(views.subarray(view * length, (view + 1) * length), size));
    }
  }
  await program.dispose();
  return rankCorrelation(areas, sharp);
}

function areaOf(crops: Float32Array, view: number): number {
  const [, , height = 0, width = 0] = crops.subarray(view * cropNumbers, (view + 1) * cropNumbers);
  return Math.abs(height * width);
}

/** The variance of the Laplacian of a view's grey. */
function sharpness(view: Uint8Array, size: number): number {
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

/** Ranks from 0; equal values share the mean of theirs. */
function ranks(values: readonly number[]): Float64Array {
  const order = [...values.keys()].sort((a, b) => values[a]! - values[b]!);
  const found = new Float64Array(values.length);
  for (let first = 0, next = 0; first < order.length; first = next) {
    while (next < order.length && values[order[next]!] === values[order[first]!]) next += 1;
    for (const index of order.slice(first, next)) found[index] = (first + next - 1) / 2;
  }
  return found;
}

/** Spearman's: Pearson's of the ranks. */
function rankCorrelation(first: readonly number[], second: readonly number[]): number {
  const middle = (first.length - 1) / 2;
  const [a, b] = [ranks(first), ranks(second)].map((all) => all.map((rank) => rank - middle)) as [
    Float64Array,
    Float64Array,
  ];
  const dot = (x: Float64Array, y: Float64Array): number =>
    x.reduce((sum, value, at) => sum + value * y[at]!, 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}
