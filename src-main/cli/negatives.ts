import type { Command } from 'commander';
import { binNames, zoneNames } from '../contract/bins.ts';
import { evidenceBits, explanationKnobs } from '../contract/negatives.ts';
import type { Explanation } from '../contract/negatives.ts';
import { suspicionSentences } from '../contract/suspicion-sentences.ts';
import { decimalNumber } from './command-line.ts';
import { addSettingOptions, givenFlags } from './objective-options.ts';
import { pictureNames } from './picture-names.ts';
import type { PictureName } from './picture-names.ts';
import type { StartCommand } from './start-command.ts';
import { tableLines } from './text-table.ts';

interface NegativesOptions {
  readonly run: string;
  readonly anchor: string;
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
    .option(
      '--suspect-from <probability>',
      'suspect a pair without label and verdict from this posterior on, 0 to 1 (1/3; 2 × the prior where uncalibrated)',
      decimalNumber('--suspect-from'),
    );
  addSettingOptions(command, 'the run’s', Object.keys(explanationKnobs.shape));
  command.action(async (options: NegativesOptions, self: Command) => {
    const line = start(self);
    const { run, anchor: reference, suspectFrom, ...flags } = options;
    const knobs = givenFlags(flags);
    await line.answer('read', async (engine) => {
      const from = suspectFrom === undefined ? {} : { suspectFrom };
      const input = { run, anchor: reference, ...knobs, ...from };
      const explanation = await engine.call('anchor.negatives', input);
      const nameOf = pictureNames(await engine.call('library.samples', {}));
      const rows = negativeRows(explanation, nameOf);
      const { parameters, effectiveNegatives, clamped, binCounts: bins } = explanation;
      const { posteriorBasis } = explanation;
      const { hash, path, label } = explanation.anchor;
      const anchor = { hash, path, label };
      return {
        json: { anchor, parameters, effectiveNegatives, clamped, bins, posteriorBasis, rows },
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
          ...suspicionSentences(posteriorBasis).map((sentence) => `P(false): ${sentence}`),
        ].join('\n'),
      };
    });
  });
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
