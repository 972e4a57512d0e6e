import { Option } from 'commander';
import type { Command } from 'commander';
import { batchDefaults, batchDrawing, batchGrouping } from '../contract/batch-drawing.ts';
import { decimalNumber, wholeNumber } from './command-line.ts';

/** Adds an option for each choice of how batches are drawn. */
export function addBatchOptions(command: Command): void {
  command
    .addOption(
      new Option(
        '--batches <way>',
        `how a batch is drawn: random; group, several pictures of one group together; proximity, by walks over a graph of near pictures (BatchSampler) (default: ${batchDefaults.batches})`,
      ).choices(batchDrawing.options),
    )
    .addOption(
      new Option(
        '--group-by <what>',
        `what a group is: pictures of one label, judged the same (with --verdicts), or near in the last epoch (default: ${batchDefaults.groupBy})`,
      ).choices(batchGrouping.options),
    )
    .option(
      '--group-size <count>',
      `pictures of one group in a batch, K of P × K (default: ${batchDefaults.groupSize})`,
      wholeNumber('--group-size'),
    )
    .option(
      '--proximity-candidates <count>',
      `M, pictures among which the neighbours of each are searched; fewer make them less near, and less often false negatives (default: ${batchDefaults.proximityCandidates})`,
      wholeNumber('--proximity-candidates'),
    )
    .option(
      '--proximity-neighbours <count>',
      `K, neighbours of each picture in the graph (default: ${batchDefaults.proximityNeighbours})`,
      wholeNumber('--proximity-neighbours'),
    )
    .option(
      '--restart-probability <number>',
      `α, how likely a walk goes back to its start; it falls by 0.02 an epoch to 0.05 (default: ${batchDefaults.restartProbability})`,
      decimalNumber('--restart-probability'),
    )
    .option(
      '--graph-epochs <count>',
      `epochs that one graph serves (default: ${batchDefaults.graphEpochs})`,
      wholeNumber('--graph-epochs'),
    )
    .option(
      '--random-epochs <count>',
      `epochs at random before the first graph (default: ${batchDefaults.randomEpochs})`,
      wholeNumber('--random-epochs'),
    )
    .option(
      '--different-rate <number>',
      `with --verdicts, how likely a pair judged different meets in an epoch, 0 to 1 (default: ${batchDefaults.differentRate})`,
      decimalNumber('--different-rate'),
    );
}
