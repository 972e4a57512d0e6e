import { Option } from 'commander';
import type { Command } from 'commander';
import { queueOrder } from '../contract/verdict-queue.ts';
import type { FalseNegativeRate, QueueOrder } from '../contract/verdict-queue.ts';
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
    .description('list the pairs to judge next, and estimate the rate of false negatives')
    .requiredOption('--run <run>', 'the run that suggests pairs, by number or name')
    .addOption(new Option('--order <order>', 'what comes first').choices(queueOrder.options))
    .option('--seed <seed>', 'of the random order', wholeNumber('--seed'))
    .option('--limit <count>', 'how many pairs', wholeNumber('--limit'))
    .action(async ({ run, order, seed, limit }: ReviewOptions, command: Command) => {
      await start(command).answer('read', async (engine) => {
        const queue = await engine.call('verdicts.queue', { run, order, seed, limit });
        const rate = await engine.call('verdicts.rate', { run, seed });
        return {
          json: { ...queue, rate },
          text: [
            ['anchor', 'candidate', 'similarity', 'why'],
            ...queue.pairs.map(({ anchor, candidate, similarity, reason }) => [
              anchor.path ?? anchor.hash.slice(0, 12),
              candidate.path ?? candidate.hash.slice(0, 12),
              similarity.toFixed(4),
              reason,
            ]),
            [inWords(rate)],
          ],
        };
      });
    });
}

function inWords({ judged, estimate }: FalseNegativeRate): string {
  if (!estimate) return 'No pair of the random order is judged yet: --order random lists them.';
  const [rate, low, high] = [estimate.rate, estimate.low, estimate.high].map((share) =>
    (100 * share).toFixed(1),
  );
  return `Estimated false negatives among all pairs: ${rate} % (${low} to ${high}, 95 %), from ${judged} pairs.`;
}
