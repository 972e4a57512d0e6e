import { EngineError } from '../../../contract/errors/errors.ts';
import type {
  Dimension,
  EncoderDescription,
  EncoderOutput,
  Pooling,
  TokensBefore,
} from '../../../contract/loaded-encoders.ts';
import { poolingsOf } from '../../networks/pool-output.ts';
import { poolingReason } from './choose-output.ts';
import { openModel } from './open-model.ts';
import { readTokenFacts } from './token-facts.ts';
import { tokenLayout, type TokenCount } from './token-layout.ts';

const ofTokens: readonly Pooling[] = ['auto', 'cls', 'mean', 'patches'];

/**
 * The description with what its files say of the tokens of its outputs; where that decides whether
 * there is a [CLS] token, its pooling is the right one. Nothing is run.
 * @param isChosen whether the pooling was asked for, and stays as it is
 * @throws EngineError bad-encoder if config.json is not JSON
 */
export async function withKnownTokens(
  found: EncoderDescription,
  isChosen = false,
): Promise<EncoderDescription> {
  if (!found.outputs.some(({ shape }) => isOfTokens(shape))) return found;
  const facts = await readTokenFacts(found.path);
  const layoutOf = ({ shape, poolings }: EncoderOutput): TokensBefore | null =>
    isOfTokens(shape) && poolings.length > 0 ? tokenLayout(facts, countsOf(found, shape)) : null;
  const outputs = found.outputs.map((output) => {
    const tokens = layoutOf(output);
    return tokens ? { ...output, poolings: poolingsOf(output.shape, tokens) } : output;
  });
  const keeps = isChosen && found.output.pooling !== 'auto';
  return settled({ ...found, outputs }, (output) => layoutOf(output) ?? undefined, keeps);
}

/**
 * The description with the tokens of its output, which the model's own count decides where its file
 * leaves the number open: it runs at its size, and at half of it if the size is free.
 * @param isChosen whether the pooling was asked for, and stays as it is
 * @throws EngineError bad-argument if [CLS] was asked for and there is none; bad-encoder
 */
export async function countTokens(
  found: EncoderDescription,
  isChosen: boolean,
): Promise<EncoderDescription> {
  const chosen = outputOf(found);
  const isOpen = chosen?.shape === null || typeof chosen?.shape?.[1] === 'string';
  if (!chosen || !isOpen || !ofTokens.includes(found.output.pooling)) {
    refuseMissingCls(found, isChosen);
    return found;
  }
  const counts = await runCounts(found);
  const layout = counts && tokenLayout(await readTokenFacts(found.path), counts);
  if (!layout) return found;
  const shape: Dimension[] = chosen.shape ?? ['?', '?', '?'];
  const poolings = poolingsOf(shape, layout);
  const outputs = found.outputs.map((each) => (each === chosen ? { ...each, poolings } : each));
  const counted = settled({ ...found, outputs }, () => layout, isChosen);
  refuseMissingCls(counted, isChosen);
  return counted;
}

function settled(
  description: EncoderDescription,
  layoutOf: (output: EncoderOutput) => TokensBefore | undefined,
  isChosen = false,
): EncoderDescription {
  const output = outputOf(description);
  const tokens = output && layoutOf(output);
  if (!output || !tokens) return description;
  const pooling = isChosen ? description.output.pooling : (output.poolings[0] ?? 'auto');
  const isSame = pooling === description.output.pooling;
  return {
    ...description,
    tokens,
    output: { name: output.name, pooling },
    outputReason: `${isSame ? description.outputReason : poolingReason(description, pooling)} ${layoutText(tokens)}`,
  };
}

/** What stands before the patches, in a sentence. */
function layoutText({ cls, registers }: TokensBefore): string {
  const others = registers === 1 ? 'one more token' : `${registers} registers`;
  if (!cls && registers === 0) return 'Its tokens are those of the patches: there is no [CLS].';
  if (!cls) return `Before the patches stand ${others} and no [CLS]; they count for no mean.`;
  if (registers === 0) return 'Before the patches stands [CLS].';
  return `Before the patches stand [CLS] and ${others}, which count${registers === 1 ? 's' : ''} for no mean.`;
}

function refuseMissingCls({ tokens, output, path }: EncoderDescription, isChosen: boolean): void {
  if (!isChosen || output.pooling !== 'cls' || !tokens || tokens.cls) return;
  throw new EngineError(
    'bad-argument',
    `The output ${output.name} of ${path} has no [CLS] token, only those of the patches; choose their mean.`,
  );
}

function outputOf({ outputs, output }: EncoderDescription): EncoderOutput | undefined {
  return outputs.find(({ name }) => name === output.name);
}

function isOfTokens(shape: readonly Dimension[] | null): boolean {
  return shape?.length === 3;
}

/** The count that the file itself states. */
function countsOf(
  { preprocessing, input }: EncoderDescription,
  shape: readonly Dimension[] | null,
): TokenCount[] {
  const tokens = shape?.[1];
  // Where the file leaves the size open, a number of tokens that it states is that of another size.
  const { width, height } = preprocessing;
  if (typeof tokens !== 'number' || input.width === null || input.height === null) return [];
  return [{ tokens, width, height }];
}

/** The counts of a model that runs on one picture; null if its output is not of tokens. */
async function runCounts(found: EncoderDescription): Promise<TokenCount[] | null> {
  const { width, height } = found.preprocessing;
  const first = await runCount(found, width, height);
  if (first === null) return null;
  if (found.input.width !== null || found.input.height !== null) return [first];
  const half = await runCount(found, width >> 1, height >> 1).catch((error: unknown) => {
    // Not every model with a free size runs at every size.
    if (error instanceof EngineError) return null;
    throw error;
  });
  return half === null ? [first] : [first, half];
}

async function runCount(
  found: EncoderDescription,
  width: number,
  height: number,
): Promise<TokenCount | null> {
  const preprocessing = { ...found.preprocessing, width, height };
  const model = await openModel({ ...found, preprocessing }, 'cpu');
  try {
    const batch = found.input.batch ?? 1;
    const { shape } = await model.run(grey(found, batch * width * height * 3), batch);
    const tokens = shape[1];
    return shape.length === 3 && tokens !== undefined ? { tokens, width, height } : null;
  } finally {
    await model.dispose();
  }
}

function grey({ input }: EncoderDescription, length: number) {
  if (input.type === 'uint8') return new Uint8Array(length).fill(127);
  return input.type === 'float16' ? new Uint16Array(length) : new Float32Array(length);
}
