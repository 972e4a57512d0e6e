import { EngineError } from '../../../contract/errors/errors.ts';
import type { EncoderDescription, EncoderSelfTest } from '../../../contract/loaded-encoders.ts';
import { EncoderSession } from './encoder-session.ts';
import type { EncodedPictures } from './encoder-session.ts';

type Check = EncoderSelfTest['checks'][number];

/** The largest 1 - cosine of vectors that should be the same; half floats are less precise. */
const tolerances = { float32: 1e-3, uint8: 1e-3, float16: 1e-2 } as const;
/** With a largest 1 - cosine below this, all vectors count as the same. */
const constantBelow = 1e-6;
/** The longest time for a batch, so that a job can soon be paused and cancelled. */
const batchMilliseconds = 1500;

interface SelfTestRequest {
  readonly description: EncoderDescription;
  readonly device: string;
  /** At least 3 different pictures, [n, height, width, 3] bytes. */
  readonly pictures: Uint8Array;
  /** The largest batch. */
  readonly mostAtOnce: number;
  /** The processor's vectors of the pictures, one by one, if another device is tested; else null. */
  readonly reference: EncodedPictures | null;
  readonly now: () => number;
  readonly yieldToEvents: () => Promise<void>;
}

/** The result of a self-test on one device. */
export interface SelfTestOutcome {
  readonly selfTest: Omit<EncoderSelfTest, 'deviceReason'>;
  readonly passed: boolean;
  /** The vectors of the pictures, embedded one by one. */
  readonly encoded: EncodedPictures;
}

/**
 * The self-test of an encoder on a device. It embeds pictures one by one and in batches, and checks
 * that the vectors are finite, that they differ, and that batches give the same vectors; and it
 * measures the speed.
 * @throws EngineError bad-encoder if no picture gets a vector or all get the same vector
 */
export async function testEncoder(request: SelfTestRequest): Promise<SelfTestOutcome> {
  const encoder = await EncoderSession.open(request.description, request.device);
  try {
    return await testOpened(encoder, request);
  } finally {
    await encoder.dispose();
  }
}

async function testOpened(
  encoder: EncoderSession,
  request: SelfTestRequest,
): Promise<SelfTestOutcome> {
  const { description, pictures, device, reference, now } = request;
  const fixed = description.input.batch;
  const single = await embedAll(encoder, request, fixed ?? 1, 1);
  const { encoded } = single;
  const checks = [finiteCheck(description, encoded), differenceCheck(description, encoded)];
  if (reference) checks.push(deviceCheck(description, encoded, reference));
  const milliseconds = single.milliseconds / (pictures.length / encoder.pictureLength);
  const free = Math.min(request.mostAtOnce, Math.max(1, batchMilliseconds / milliseconds));
  const together = await tryTogether(encoder, request, encoded, fixed ?? Math.floor(free));
  checks.push(together.check);
  const { batch } = together;
  const rows = pictures.subarray(0, Math.min(batch * encoder.pictureLength, pictures.length));
  const started = now();
  let runs = 0;
  do {
    await request.yieldToEvents();
    await encoder.embed(rows, batch);
    runs++;
  } while (now() - started < 300);
  const count = rows.length / encoder.pictureLength;
  const picturesPerSecond = (1000 * runs * count) / Math.max(1, now() - started);
  const { dimensions } = encoded;
  const selfTest = { device, dimensions, batch, picturesPerSecond, checks };
  return { selfTest, passed: checks.every(({ passed }) => passed), encoded };
}

/** Embeds all test pictures, `together` of them in each batch of `batch`. */
async function embedAll(
  encoder: EncoderSession,
  { pictures, now, yieldToEvents }: SelfTestRequest,
  batch: number,
  together: number,
): Promise<{ encoded: EncodedPictures; milliseconds: number }> {
  const step = together * encoder.pictureLength;
  // The first run is slower, because it also prepares the graph.
  await encoder.embed(pictures.subarray(0, step), batch);
  const started = now();
  const parts: EncodedPictures[] = [];
  for (let start = 0; start < pictures.length; start += step) {
    await yieldToEvents();
    parts.push(await encoder.embed(pictures.subarray(start, start + step), batch));
  }
  const dimensions = parts[0]?.dimensions ?? 0;
  const vectors = new Float32Array((pictures.length / encoder.pictureLength) * dimensions);
  for (const [index, part] of parts.entries())
    vectors.set(part.vectors, index * together * dimensions);
  const bad = parts.flatMap((part, index) => part.bad.map((row) => row + index * together));
  return { encoded: { vectors, dimensions, bad }, milliseconds: now() - started };
}

async function tryTogether(
  encoder: EncoderSession,
  request: SelfTestRequest,
  single: EncodedPictures,
  batch: number,
): Promise<{ check: Check; batch: number }> {
  const name = 'batch = single';
  const { input } = request.description;
  if (batch === 1) {
    const sentence =
      input.batch === 1
        ? 'The file takes one picture at a time.'
        : 'Pictures are embedded one at a time, because each takes long.';
    return { check: { name, passed: true, sentence }, batch };
  }
  try {
    const { encoded } = await embedAll(encoder, request, batch, batch);
    const worst = largestDifference(single, encoded);
    const passed = worst <= tolerances[input.type];
    const found = `${batch} pictures at once give vectors within ${worst.toPrecision(2)} (1 − cosine) of those one by one`;
    if (passed) return { check: { name, passed, sentence: `${found}.` }, batch };
    const sentence = `${found}, too far: pictures influence each other, so they are embedded one by one.`;
    return { check: { name, passed, sentence }, batch: input.batch ?? 1 };
  } catch (error) {
    if (!(error instanceof EngineError) || error.code !== 'bad-encoder') throw error;
    const sentence = `It fails with ${batch} pictures at once, so they are embedded one by one.`;
    return { check: { name, passed: false, sentence }, batch: 1 };
  }
}

function finiteCheck(
  { path }: EncoderDescription,
  { vectors, dimensions, bad }: EncodedPictures,
): Check {
  const count = vectors.length / dimensions;
  if (bad.length === count) {
    throw new EngineError(
      'bad-encoder',
      `${path} gives no picture a vector: all values are zero, or not numbers. Another preprocessing or output may help.`,
    );
  }
  const passed = bad.length === 0;
  const sentence = passed
    ? `${count} pictures have vectors of finite numbers.`
    : `${bad.length} of ${count} pictures have vectors of zeros, or of values that are not numbers; such pictures are left out.`;
  return { name: 'finite', passed, sentence };
}

function differenceCheck({ path }: EncoderDescription, encoded: EncodedPictures): Check {
  const { vectors, dimensions, bad } = encoded;
  const rows = [...Array(vectors.length / dimensions).keys()].filter((row) => !bad.includes(row));
  const [first = 0, ...others] = rows;
  const largest = Math.max(0, ...others.map((row) => 1 - cosine(encoded, first, encoded, row)));
  if (others.length > 0 && largest < constantBelow) {
    throw new EngineError(
      'bad-encoder',
      `${path} gives every picture the same vector; choose another output, or check the preprocessing.`,
    );
  }
  const sentence = `The pictures’ vectors differ, by up to ${largest.toPrecision(2)} (1 − cosine).`;
  return { name: 'not constant', passed: true, sentence };
}

function deviceCheck(
  { input }: EncoderDescription,
  encoded: EncodedPictures,
  reference: EncodedPictures,
): Check {
  const worst = largestDifference(encoded, reference);
  return {
    name: 'as on the processor',
    passed: worst <= tolerances[input.type],
    sentence: `The vectors are within ${worst.toPrecision(2)} (1 − cosine) of the processor’s.`,
  };
}

function largestDifference(first: EncodedPictures, second: EncodedPictures): number {
  const bad = new Set([...first.bad, ...second.bad]);
  let worst = 0;
  for (let row = 0; row * first.dimensions < first.vectors.length; row++) {
    if (!bad.has(row)) worst = Math.max(worst, 1 - cosine(first, row, second, row));
  }
  return worst;
}

function cosine(
  first: EncodedPictures,
  row: number,
  second: EncodedPictures,
  otherRow: number,
): number {
  let sum = 0;
  for (let index = 0; index < first.dimensions; index++) {
    const a = first.vectors[row * first.dimensions + index] ?? 0;
    sum += a * (second.vectors[otherRow * second.dimensions + index] ?? 0);
  }
  return sum;
}
