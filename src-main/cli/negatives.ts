import { Option } from 'commander';
import type { Command } from 'commander';
import { binNames, zoneNames } from '../contract/bins.ts';
import { evidenceBits, explanationKnobs, vectorSpace } from '../contract/negatives.ts';
import type { Explanation, NegativesInput, VectorSpace } from '../contract/negatives.ts';
import { hardShareSetting } from '../contract/hard-share-setting.ts';
import { suspicionSentences } from '../contract/suspicion-sentences.ts';
import { decimalNumber, wholeNumber } from './command-line.ts';
import { addSettingOptions, givenFlags } from './objective-options.ts';
import { pictureNames } from './picture-names.ts';
import type { PictureName } from './picture-names.ts';
import type { StartCommand } from './start-command.ts';
import { tableLines } from './text-table.ts';

interface NegativesOptions {
  readonly run: string;
  readonly anchor: string;
  readonly hardShare?: number;
  readonly space?: VectorSpace;
  readonly batch?: number | 'trained';
  readonly suspectFrom?: number;
}

const shownRows = 20;

/** Adds the command `negatives`. */
export function addNegatives(program: Command, start: StartCommand): void {
  const command = program
    .command('negatives')
    .description('explain what the loss makes of the other pictures, seen from one')
    .requiredOption('--run <run>', 'a run by number or name')
    .requiredOption('--anchor <picture>', 'a picture by path or content hash')
    .addOption(
      new Option(
        '--space <space>',
        'of the similarities; if not given z, which the loss compares, where the run has it',
      ).choices(vectorSpace.options),
    )
    .option(
      '--batch <seed>',
      'compare with a batch drawn by a seed, or with “trained”, the one of its last epoch',
      (text) => (text === 'trained' ? text : wholeNumber('--batch')(text)),
    )
    .option(
      '--suspect-from <probability>',
      'suspect a pair without label and verdict from this posterior on, 0 to 1 (1/3; 2 × the prior where uncalibrated)',
      decimalNumber('--suspect-from'),
    );
  addSettingOptions(command, 'the run’s', Object.keys(explanationKnobs.shape));
  const { sentence, default: otherwise } = hardShareSetting;
  command.addOption(
    new Option('--hard-share <number>', `${sentence} (default: ${otherwise})`).argParser(
      decimalNumber('--hard-share'),
    ),
  );
  command.action(async (options: NegativesOptions, self: Command) => {
    const line = start(self);
    const { run, anchor: reference, space, batch, hardShare, suspectFrom, ...others } = options;
    const knobs = { ...givenFlags({ ...others }), ...(hardShare !== undefined && { hardShare }) };
    const from = suspectFrom === undefined ? {} : { suspectFrom };
    await line.answer('read', async (engine) => {
      const input = { run, anchor: reference, space, ...batchOf(batch), ...knobs, ...from };
      const explanation = await engine.call('anchor.negatives', input);
      const nameOf = pictureNames(await engine.call('library.samples', {}));
      const rows = negativeRows(explanation, nameOf);
      const { parameters, effectiveNegatives, clamped, posteriorBasis } = explanation;
      const { binCounts: bins, binShares, batch: drawnFrom } = explanation;
      const { space: compared, candidates, negatives, loss, notes } = explanation;
      const { positiveSimilarity, positive } = explanation;
      const { hash, path, label } = explanation.anchor;
      const anchor = { hash, path, label };
      return {
        json: {
          ...{ anchor, parameters, space: compared, batch: drawnFrom, candidates, negatives },
          ...{ positiveSimilarity, positive, loss, effectiveNegatives, clamped, bins, binShares },
          ...{ posteriorBasis, notes, rows },
        },
        text: [
          ...tableLines([
            ['bin', 'similarity', 'weight', 'share', 'P(false)', 'path'],
            ...rows
              .slice(0, shownRows)
              .map((row) => [
                row.bin,
                row.similarity.toFixed(4),
                row.weight.toFixed(3),
                row.share.toFixed(5),
                row.posterior.toFixed(3),
                row.path,
              ]),
          ]),
          '',
          scopeLine(explanation),
          ...notes,
          ...suspicionSentences(posteriorBasis).map((sentence) => `P(false): ${sentence}`),
        ].join('\n'),
      };
    });
  });
}

function batchOf(batch: NegativesOptions['batch']): Partial<NegativesInput> {
  if (batch === undefined) return {};
  return batch === 'trained' ? { trainedBatch: true, batchSeed: 1 } : { batchSeed: batch };
}

/** What the numbers are of: their space, their N, and where the positive is from. */
function scopeLine(explanation: Explanation): string {
  const { space, batch, candidates, negatives, positiveSimilarity } = explanation;
  const of = batch?.trained ? `views of ${candidates} pictures` : 'pictures';
  const from = batch === null ? 'the library' : batchWords(batch);
  return `On ${space}, against ${negatives} ${of} of ${from}; s+ ${positiveSimilarity.toFixed(4)}, ${positiveWords(explanation)}.`;
}

function batchWords({ seed, trained }: NonNullable<Explanation['batch']>): string {
  return trained
    ? `step ${trained.step} of epoch ${trained.epoch}`
    : `a batch drawn by seed ${seed}`;
}

function positiveWords({ positive: { from, spread, views } }: Explanation): string {
  switch (from) {
    case 'views':
      return `measured of ${views ?? 0} views (spread ${(spread ?? 0).toFixed(4)})`;
    case 'step':
      return 'as it was in that step';
    case 'given':
      return 'given';
    case 'itself':
      return 'because the picture itself stands for its views';
  }
}

/** All candidates, the most similar first. */
function negativeRows(explanation: Explanation, nameOf: (id: number) => PictureName) {
  return Array.from(explanation.ids, (id, rank) => {
    const evidence = explanation.evidence[rank] ?? 0;
    return {
      ...nameOf(id),
      similarity: explanation.similarity[rank] ?? 0,
      rank,
      percentile: explanation.percentile[rank] ?? 0,
      weight: explanation.weight[rank] ?? 0,
      share: explanation.share[rank] ?? 0,
      posterior: explanation.posterior[rank] ?? 0,
      zone: zoneNames[explanation.zone[rank] ?? 0] ?? zoneNames[0],
      bin: binNames[explanation.bin[rank] ?? 0] ?? binNames[0],
      evidence: {
        sameLabel: (evidence & evidenceBits.sameLabel) !== 0,
        mutualKnn: (evidence & evidenceBits.mutualKnn) !== 0,
        suspected: (evidence & evidenceBits.suspected) !== 0,
      },
    };
  });
}
