import { adapterStart } from '../contract/adapter-start.ts';
import { isAbsolute } from 'node:path';
import { Option } from 'commander';
import type { Command } from 'commander';
import type { EngineClient } from '../contract/client.ts';
import { givenBatches } from '../contract/batch-drawing.ts';
import { checkInput } from '../contract/check-input.ts';
import { anyPictures, checkTraining } from '../contract/check-training.ts';
import { defaultBankEpochs, defaultEpochs, defaultTunedEpochs } from '../contract/epochs.ts';
import { beginsTrained } from '../contract/encoder-kinds.ts';
import { EngineError } from '../contract/errors/errors.ts';
import { labelUse } from '../contract/label-use.ts';
import { fewestChoosingPairs, keptEpoch, keptEpochWords } from '../contract/held-out.ts';
import type { KeepCheckpoints } from '../contract/stored-checkpoints.ts';
import { defaultSize, defaultTunedSize } from '../contract/fine-tuning.ts';
import { parseObjectivePreset, presets } from '../contract/objectives/presets.ts';
import { adapterKind, projectionHead, projectionHeads } from '../contract/projection-heads.ts';
import { trainableEncoder } from '../contract/runs.ts';
import { tellTuningCost } from './tell-tuning-cost.ts';
import { trainSeeds } from './train-seeds.ts';
import { belowUntrainedWords } from '../contract/untrained-start.ts';
import { verdictUse } from '../contract/verdict-use.ts';
import type { TrainInput, TrainResult } from '../contract/runs.ts';
import { mostSeeds } from '../contract/seed-series.ts';
import { addAugmentationOptions, givenOverrides } from './augmentation-options.ts';
import { addBatchOptions } from './batch-options.ts';
import { decimalNumber, wholeNumber } from './command-line.ts';
import type { CommandLine } from './command-line.ts';
import { addObjectiveOptions, givenSettings } from './objective-options.ts';
import { addOptimisationOptions, givenOptimisation } from './optimisation-options.ts';
import { pathOrName } from './encoder-path.ts';
import { headViews } from '../contract/cached-views.ts';
import type { StartCommand } from './start-command.ts';
import { decimals } from './text-table.ts';

type TrainOptions = Partial<TrainInput> & { readonly seeds?: number };

const heads = Object.entries(projectionHeads)
  .map(([name, { sentence }]) => `${name} (${sentence})`)
  .join('; ');

/** Adds the command `train`. */
export function addTrain(program: Command, start: StartCommand): void {
  const command = program
    .command('train')
    .description('train an encoder on the pictures of the library')
    .option('--name <name>', 'a name for the run; made of its settings if not given')
    .addOption(
      new Option(
        '--encoder <encoder>',
        'the network to train; head and adapter are trained on the features of another encoder, and finetune goes on from its weights',
      ).choices(trainableEncoder.options),
    )
    .option(
      '--on <encoder>',
      'what a head or an adapter is trained on, or what finetune goes on from: "starter", an ONNX file or a model folder, an added encoder, or a run; a head or an adapter also "starter+hog", "hog" or "pixels"',
    )
    .option(
      '--train-from <layer>',
      'for finetune: the first layer that is trained; an unknown name lists the layers',
    )
    .option(
      '--layer-decay <share>',
      'for finetune: the learning rate of each layer as a part of that of the layer after it',
      decimalNumber('--layer-decay'),
    )
    .option(
      '--lora <rank>',
      'for finetune: train updates of this rank of the linear layers instead of all weights (LoRA)',
      wholeNumber('--lora'),
    )
    .addOption(
      new Option(
        '--adapter <kind>',
        'what an adapter adds to the features: one linear layer, or two with a narrow one between',
      ).choices(adapterKind.options),
    )
    .option(
      '--views <count>',
      `views of each picture whose features are cached: for a head or an adapter those of the encoder (default: ${headViews}), for finetune those of the layers before --train-from; 0 for fresh views in each step (default: 0)`,
      wholeNumber('--views'),
    )
    .addOption(
      new Option(
        '--objective <objective>',
        `the loss: ${Object.keys(presets).join(', ')}`,
      ).argParser(parseObjectivePreset),
    );
  addObjectiveOptions(command);
  command.addOption(
    new Option(
      '--head <head>',
      `the projection head, where it is not to be that of the objective's paper: ${heads}`,
    ).choices(projectionHead.options),
  );
  addOptimisationOptions(command);
  addAugmentationOptions(command);
  command
    .option(
      '--epochs <count>',
      `passes over the pictures (default: ${defaultEpochs}, or ${defaultBankEpochs} with a memory bank; ${defaultTunedEpochs} for finetune)`,
      wholeNumber('--epochs'),
    )
    .option('--batch <count>', 'pictures per step', wholeNumber('--batch'))
    .option(
      '--size <pixels>',
      `side of the pictures (default: ${defaultSize}; ${defaultTunedSize} to fine-tune the starter encoder, and that of its own training for a run; an added encoder has its own)`,
      wholeNumber('--size'),
    )
    .option('--seed <number>', 'of all random numbers', wholeNumber('--seed'))
    .option(
      '--seeds <count>',
      'trainings one after the other that differ by their seed alone, from --seed on; each is a run of its own: name-s1, name-s2 …',
      wholeNumber('--seeds'),
    )
    .option(
      '--ledger-size <count>',
      'negatives written down of each picture and epoch; 0 for none',
      wholeNumber('--ledger-size'),
    )
    .option(
      '--keep-checkpoints <count>',
      `epochs whose weights are stored, spread evenly; "all", or "last" for 1`,
      checkpointCount,
    )
    .addOption(
      new Option('--verdicts <use>', 'what pictures judged the same are to each other').choices(
        verdictUse.options,
      ),
    )
    .addOption(
      new Option(
        '--labels <use>',
        'whether pictures of one label are negatives of each other; supcon takes them as positives (--positives-from)',
      ).choices(labelUse.options),
    )
    .option(
      '--labels-of <split...>',
      'splits whose labels a training with labels is given; those of others stay hidden from it, to score it by',
    )
    .option(
      '--group-positives <probability>',
      'with --verdicts attract: how often the positive of a picture is one that was judged the same',
      decimalNumber('--group-positives'),
    )
    .addOption(
      new Option(
        '--adapter-start <what>',
        'for an adapter or finetune with verdicts or labels that draw pictures together: begin as the best linear metric by them (judged), or as the features are',
      ).choices(adapterStart.options),
    )
    .option(
      '--held-out <share>',
      'the share of the verdict groups that is not fed, to tell by them whether it paid; 0 to 0.5',
      decimalNumber('--held-out'),
    )
    .addOption(
      new Option(
        '--keep-epoch <which>',
        `whose weights the run has: best by held-out pairs, where at least ${fewestChoosingPairs} are, or last`,
      ).choices(keptEpoch.options),
    )
    .option(
      '--patience <epochs>',
      'stop after so many epochs without better ranks of held-out pairs; 0 for never',
      wholeNumber('--patience'),
    );
  addBatchOptions(command);
  command
    .option('--device <device>', 'auto, cpu, webgpu, cuda …')
    .action(async (options: TrainOptions, self: Command) => {
      const line = start(self);
      const { name, encoder, on, views, objective, head, augmentation, epochs } = options;
      const { batch, size, seed, device, ledgerSize, keepCheckpoints } = options;
      const { trainFrom, layerDecay, lora, adapter, verdicts, groupPositives } = options;
      const { adapterStart: begins } = options;
      const { labels, labelsOf } = options;
      const { heldOut, keepEpoch, patience } = options;
      const optimisation = givenOptimisation(options);
      const augmentationOverrides = givenOverrides(options);
      const network = {
        name,
        encoder,
        on,
        views,
        trainFrom,
        layerDecay,
        lora,
        adapter,
        objective,
        head,
      };
      const chosen = {
        ...network,
        augmentation,
        augmentationOverrides,
        epochs,
        batch,
        size,
        ...optimisation,
        seed,
        device,
        ledgerSize,
        keepCheckpoints,
        verdicts,
        groupPositives,
        adapterStart: begins,
        ...givenBatches(options),
        labels,
        labelsOf,
        ...{ heldOut, keepEpoch, patience },
      };
      const settings = givenSettings(objective ?? 'simclr', options);
      const input = { ...chosen, settings };
      const checked = checkInput('jobs.start', { kind: 'train', input });
      checkTraining(checked.input as TrainInput, anyPictures);
      const { seeds = 1 } = options;
      checkSeeds(seeds);
      await line.answer('write', async (engine) => {
        const wanted = { ...input, on: await addedEncoder(line, engine, input) };
        await tellTuningCost(line, engine, { ...wanted, seeds });
        const results = await trainSeeds(engine, wanted, seeds, (one) =>
          line.runJob(engine, 'train', one),
        );
        const [only] = results.map(({ metrics, ...result }) => {
          const { knn = null, precisionAt20 = null } = metrics;
          return { ...result, metrics: { ...metrics, knn, precisionAt20 } };
        });
        return {
          json: results.length === 1 ? only : { runs: results },
          text: (
            await Promise.all(
              results.map((one) => trainedText(engine, checked.input as TrainInput, one)),
            )
          ).join('\n'),
        };
      });
    });
}

/** What is trained on; of a file or folder the encoder in it, which is added first. */
async function addedEncoder(
  line: CommandLine,
  engine: EngineClient,
  { on, encoder }: Pick<TrainOptions, 'on' | 'encoder'>,
): Promise<TrainOptions['on']> {
  if (typeof on !== 'string' || encoder === undefined || !beginsTrained(encoder)) return on;
  const path = pathOrName(line, on);
  if (!isAbsolute(path)) return on;
  const { name } = await line.runJob(engine, 'addEncoder', { path });
  return name;
}

async function trainedText(
  engine: EngineClient,
  { encoder }: Pick<TrainInput, 'encoder'>,
  result: TrainResult,
): Promise<string> {
  const { run, epochs, device, loss, imagesPerSecond } = result;
  const { knn, precisionAt20, keptEpoch: kept } = result.metrics;
  const below = belowUntrainedWords({ encoder }, await engine.call('runs.history', { run }));
  const words = `kNN ${decimals(knn, 3)}${below ? ` (${below})` : ''}, P@20 ${decimals(precisionAt20, 3)}`;
  return `run ${run}: ${epochs} epochs on ${device}, loss ${loss.toFixed(4)}, ${imagesPerSecond.toFixed(0)} pictures/s, ${words}${kept === undefined ? '' : `; ${keptEpochWords(kept, epochs)}`}`;
}

/** @throws EngineError bad-argument */
function checkSeeds(seeds: number): void {
  if (seeds >= 1 && seeds <= mostSeeds) return;
  throw new EngineError(
    'bad-argument',
    `--seeds takes a whole number from 1 to ${mostSeeds}, not ${seeds}.`,
  );
}

/** The number of epochs whose weights are stored. @throws EngineError bad-argument */
function checkpointCount(text: string): KeepCheckpoints {
  if (text === 'all') return 'all';
  const count = text === 'last' ? 1 : Number(text);
  if (Number.isInteger(count) && count > 0) return count;
  throw new EngineError(
    'bad-argument',
    `--keep-checkpoints takes a whole number from 1, "all" or "last", not "${text}".`,
  );
}
