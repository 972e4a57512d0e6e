import { Option } from 'commander';
import type { Command } from 'commander';
import { formatCount } from '../contract/format-count.ts';
import { formatPercent } from '../contract/percent.ts';
import { judgedWords, shownEstimate } from '../contract/shown-estimate.ts';
import { alikeAtMost, queueOrder } from '../contract/verdict-queue.ts';
import type {
  FalseNegativeRate,
  FalsePushShare,
  JudgedEstimate,
  QueuedPair,
  QueueOrder,
  VerdictQueue,
} from '../contract/verdict-queue.ts';
import { wholeNumber } from './command-line.ts';
import { sameLabel } from '../contract/same-label.ts';
import type { SameLabel } from '../contract/same-label.ts';
import type { StartCommand } from './start-command.ts';

interface ReviewOptions {
  readonly run: string;
  readonly order?: QueueOrder;
  readonly seed?: number;
  readonly limit?: number;
  readonly label?: readonly string[];
  readonly sameLabel?: SameLabel;
}

/** Adds the command `review`. */
export function addReview(program: Command, start: StartCommand): void {
  program
    .command('review')
    .description(
      'list the pairs to judge next, and estimate the rate of false negatives and their share of the push',
    )
    .requiredOption('--run <run>', 'the run that suggests pairs, by number or name')
    .addOption(
      new Option(
        '--order <order>',
        'what comes first; "label-errors" are pictures whose nearest vote for another label, "push" draws pairs by their share of the push, "links" are verdicts that alone hold a group together',
      ).choices(queueOrder.options),
    )
    .option('--seed <seed>', 'of the random order and of the draws by push', wholeNumber('--seed'))
    .option('--limit <count>', 'how many pairs', wholeNumber('--limit'))
    .option(
      '--label <labels...>',
      'only pairs with a picture of this label; of two labels, one picture of each',
    )
    .addOption(
      new Option(
        '--same-label <what>',
        'for this library from now on: "settled", two pictures of one label are the same thing and not asked; "asked", they are asked like others',
      ).choices(sameLabel.options),
    )
    .action(async ({ sameLabel: chosen, label, ...input }: ReviewOptions, command: Command) => {
      const labels = label === undefined ? undefined : [...label];
      const { run, seed } = input;
      await start(command).answer(chosen === undefined ? 'read' : 'write', async (engine) => {
        if (chosen !== undefined) await engine.call('verdicts.setSameLabel', { sameLabel: chosen });
        const queue = await engine.call('verdicts.queue', { ...input, labels });
        const rate = await engine.call('verdicts.rate', { run, seed });
        const push = await engine.call('verdicts.pushShare', { run, seed });
        return {
          json: { ...queue, rate, push },
          text: [
            ['anchor', 'candidate', 'similarity', 'why'],
            ...queue.pairs.map((pair) => [
              pair.anchor.path ?? pair.anchor.hash.slice(0, 12),
              pair.candidate.path ?? pair.candidate.hash.slice(0, 12),
              pair.similarity.toFixed(4),
              `${pair.reason}${alikeWords(pair)}`,
            ]),
            ...(queue.remark === '' ? [] : [[queue.remark]]),
            [sameLabelWords(queue)],
            [rateWords(rate)],
            [pushWords(push)],
          ],
        };
      });
    });
}

function alikeWords({ alike }: QueuedPair): string {
  if (alike === 0) return '';
  const more = alike === alikeAtMost ? `${formatCount(alike)} or more` : formatCount(alike);
  return ` And ${more} like it, between near-duplicates of both.`;
}

function sameLabelWords({ settledByLabel }: VerdictQueue): string {
  if (settledByLabel === null) {
    return 'Pairs of one label are asked like others (--same-label settled makes them the same thing).';
  }
  const { pairs, of } = settledByLabel;
  return `${formatCount(pairs)} of ${formatCount(of)} pairs are of one label: taken as the same thing and not asked (--same-label asked lists them too).`;
}

function rateWords(rate: FalseNegativeRate): string {
  const { judged, unsure, pictures, embedded } = rate;
  if (!shownEstimate(rate)) {
    return `Estimated false negatives: ${judgedWords(rate)}; --order random lists them.`;
  }
  const among = pictures === embedded ? 'all pairs' : `the pairs of the first ${pictures} pictures`;
  return `Estimated false negatives among ${among}: ${inPercent(rate)}, from ${judged + unsure} pairs${unsureWords(rate)}.`;
}

function pushWords(share: FalsePushShare): string {
  const { pairs, source, recorded } = share;
  if (!shownEstimate(share)) {
    return `Estimated share of the push that is false: ${judgedWords(share)}; --order push lists them.`;
  }
  const part = recorded === null ? '' : `, which is ${formatPercent(recorded, 0)} of all,`;
  const push = source === 'ledger' ? `the push on recorded negatives${part}` : 'the push';
  return `Estimated share of ${push} that is false: ${inPercent(share)}, from ${pairs} pairs${unsureWords(share)}.`;
}

function inPercent({ estimate }: JudgedEstimate): string {
  const { rate = 0, low = 0, high = 0 } = estimate ?? {};
  const [share, from, to] = [rate, low, high].map((part) => (100 * part).toFixed(1));
  return `${share ?? ''} % (${from ?? ''} to ${to ?? ''}, 95 %)`;
}

function unsureWords({ unsure, byLabel }: JudgedEstimate): string {
  const settled = byLabel === 0 ? '' : `, ${byLabel} of them the same by their label alone`;
  return unsure === 0
    ? settled
    : `${settled}; ${unsure} unsure, counted as different at one end and as same at the other`;
}
