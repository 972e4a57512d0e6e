import { isAbsolute } from 'node:path';
import type { Command } from 'commander';
import { EngineError } from '../contract/errors/errors.ts';
import { pooling } from '../contract/loaded-encoders.ts';
import type { EncoderOutputChoice } from '../contract/loaded-encoders.ts';
import { preprocessingChanges } from '../contract/preprocessing.ts';
import type { PreprocessingChanges } from '../contract/preprocessing.ts';
import type { EngineClient } from '../contract/client.ts';
import type { CommandLine } from './command-line.ts';
import { pathOrName } from './encoder-path.ts';
import type { StartCommand } from './start-command.ts';

interface EmbedOptions {
  readonly encoder: string;
  readonly name?: string;
  readonly device?: string;
  readonly output?: string;
  readonly preprocess?: readonly string[];
}

interface EncoderWanted {
  readonly encoder: string;
  readonly output?: EncoderOutputChoice;
  readonly preprocessing?: PreprocessingChanges;
}

/** Adds the command `embed`. */
export function addEmbed(program: Command, start: StartCommand): void {
  program
    .command('embed')
    .description('embed the pictures that are not embedded yet')
    .requiredOption(
      '--encoder <encoder>',
      '"starter", "starter+hog", "hog", "pixels", an ONNX file or a model folder, an encoder by name, or a run',
    )
    .option('--output <output>', 'which output, as name or name/pooling (see: encoders PATH)')
    .option(
      '--preprocess <key=value...>',
      'parts of the preprocessing that replace those that were found',
    )
    .option('--name <name>', 'a name for the run')
    .option('--device <device>', 'auto, cpu, webgpu, cuda …')
    .action(async ({ name, device, ...options }: EmbedOptions, command: Command) => {
      const line = start(command);
      const wanted: EncoderWanted = {
        encoder: pathOrName(line, options.encoder),
        ...(options.output !== undefined && { output: outputOf(options.output) }),
        ...(options.preprocess && { preprocessing: preprocessingOf(options.preprocess) }),
      };
      const input = { ...wanted, name, device };
      await line.answer('write', async (engine) => {
        if (isAbsolute(wanted.encoder)) await tellPreprocessing(line, engine, wanted);
        const result = await line.runJob(engine, 'embed', input);
        const { run, embedded, cached, dimensions, imagesPerSecond, leftOut = [] } = result;
        const text = `run ${run}: ${embedded} pictures embedded in ${dimensions} dimensions at ${imagesPerSecond.toFixed(0)} pictures/s, ${cached} known already`;
        const lost = leftOut.map(({ path, reason }) => `\nleft out: ${path}: ${reason}`);
        return { json: result, text: [text, ...lost].join('') };
      });
    });
}

/** Says before a file's pictures are embedded how they are preprocessed, and what of it is assumed. */
async function tellPreprocessing(
  line: CommandLine,
  engine: EngineClient,
  { encoder: path, output, preprocessing }: EncoderWanted,
): Promise<void> {
  const found = await engine.call('encoders.inspect', { path, output, preprocessing });
  if (line.json) return;
  const sentences = [found.preprocessingReason, ...(found.assumptions ?? [])];
  for (const sentence of sentences) line.options.stderr.write(`preprocessing: ${sentence}\n`);
}

function outputOf(given: string): EncoderOutputChoice {
  const [, name = given, way = 'auto'] = /^(.*)\/([a-z]+)$/.exec(given) ?? [];
  const known = pooling.safeParse(way);
  return known.success ? { name, pooling: known.data } : { name: given, pooling: 'auto' };
}

/** Reads the values of `--preprocess`. @throws EngineError bad-argument */
function preprocessingOf(pairs: readonly string[]): PreprocessingChanges {
  const entries = pairs.map((pair) => {
    const [key = '', text = ''] = pair.split('=');
    if (text === 'none') return [key, null];
    const numbers = text.split(',').map(Number);
    if (numbers.some(Number.isNaN)) return [key, text];
    return [key, numbers.length === 1 ? numbers[0] : numbers];
  });
  const parsed = preprocessingChanges.strict().safeParse(Object.fromEntries(entries));
  if (parsed.success) return parsed.data;
  const keys = Object.keys(preprocessingChanges.shape).join(', ');
  throw new EngineError(
    'bad-argument',
    `--preprocess takes key=value with ${keys}; three numbers as mean=0.5,0.5,0.5.`,
  );
}
