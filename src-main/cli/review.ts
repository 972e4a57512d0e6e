import { Option } from 'commander';
import type { Command } from 'commander';
import { formatPercent } from '../contract/percent.ts';
import { queueOrder } from '../contract/verdict-queue.ts';
import type {
  FalseNegativeRate,
  FalsePushShare,
  JudgedEstimate,
  QueueOrder,
} from '../contract/verdict-queue.ts';
import { wholeNumber } from './command-line.ts';
import type { StartCommand } from './start-command.ts';

interface ReviewOptions {
  readonly run: string;
  readonly order?: QueueOrder;
  readonly seed?: number;
  readonly limit?: number;
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
        'what comes first; "push" draws pairs by their share of the push, "links" are verdicts that alone hold a group together',
      ).choices(queueOrder.options),
    )
    .option('--seed <seed>', 'of the random order and of the draws by push', wholeNumber('--seed'))
    .option('--limit <count>', 'how many pairs', wholeNumber('--limit'))
    .action(async ({ run, order, seed, limit }: ReviewOptions, command: Command) => {
      await start(command).answer('read', async (engine) => {
        const queue = await engine.call('verdicts.queue', { run, order, seed, limit });
        const rate = await engine.call('verdicts.rate', { run, seed });
        const push = await engine.call('verdicts.pushShare', { run, seed });
        return {
          json: { ...queue, rate, push },
          text: [
            ['anchor', 'candidate', 'similarity', 'why'],
            ...queue.pairs.map(({ anchor, candidate, similarity, reason }) => [
              anchor.path ?? anchor.hash.slice(0, 12),
              candidate.path ?? candidate.hash.slice(0, 12),
              similarity.toFixed(4),
              reason,
            ]),
            [rateWords(rate)],
            [pushWords(push)],
          ],
        };
      });
    });
}

function rateWords(rate: FalseNegativeRate): string {
  const { judged, unsure, estimate, pictures, embedded } = rate;
  if (!estimate) return 'No pair of the random order is judged yet: --order random lists them.';
  const among = pictures === embedded ? 'all pairs' : `the pairs of the first ${pictures} pictures`;
  return `Estimated false negatives among ${among}: ${inPercent(rate)}, from ${judged + unsure} pairs${unsureWords(rate)}.`;
}

function pushWords(share: FalsePushShare): string {
  const { pairs, source, recorded, estimate } = share;
  if (!estimate)
    return 'No pair drawn by its share of the push is judged yet: --order push lists them.';
  const part = recorded === null ? '' : `, which is ${formatPercent(recorded, 0)} of all,`;
  const push = source === 'ledger' ? `the push on recorded negatives${part}` : 'the push';
  return `Estimated share of ${push} that is false: ${inPercent(share)}, from ${pairs} pairs${unsureWords(share)}.`;
}

function inPercent({ estimate }: JudgedEstimate): string {
  const { rate = 0, low = 0, high = 0 } = estimate ?? {};
  const [share, from, to] = [rate, low, high].map((part) => (100 * part).toFixed(1));
  return `${share ?? ''} % (${from ?? ''} to ${to ?? ''}, 95 %)`;
}

function unsureWords({ unsure }: JudgedEstimate): string {
  return unsure === 0
    ? ''
    : `; ${unsure} unsure, counted as different at one end and as same at the other`;
}
