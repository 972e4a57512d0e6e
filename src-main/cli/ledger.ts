import type { Command } from 'commander';
import { zoneNames } from '../contract/bins.ts';
import type { EngineClient } from '../contract/client.ts';
import type { AnchorLedger } from '../contract/ledger.ts';
import { trainedNegatives } from '../contract/trained-loss.ts';
import { formatPercent } from '../contract/percent.ts';
import type { RunSummary } from '../contract/runs.ts';
import { wholeNumber } from './command-line.ts';
import { pictureNames } from './picture-names.ts';
import type { PictureName } from './picture-names.ts';
import type { StartCommand } from './start-command.ts';
import { tableLines } from './text-table.ts';

interface LedgerOptions {
  readonly run: string;
  readonly anchor: string;
  readonly epoch?: number;
}

/** Adds the command `ledger`. */
export function addLedger(program: Command, start: StartCommand): void {
  program
    .command('ledger')
    .description('list the negatives that took most of a picture’s gradient while a run trained')
    .requiredOption('--run <run>', 'a run by number or name')
    .requiredOption('--anchor <picture>', 'a picture by path or content hash')
    .option('--epoch <epoch>', 'the last that has the picture if not given', wholeNumber('--epoch'))
    .action(async ({ run: reference, anchor, epoch: wanted }: LedgerOptions, command: Command) => {
      const line = start(command);
      await line.answer('read', async (engine) => {
        const input = { run: reference, anchor, epoch: wanted };
        const recorded = await engine.call('anchor.ledger', input);
        const nameOf = pictureNames(await engine.call('library.samples', {}));
        const rows = ledgerRows(recorded, nameOf);
        const { epoch, epochs, totals } = recorded;
        const { hash, path, label } = recorded.anchor;
        return {
          json: { anchor: { hash, path, label }, epoch, epochs, totals, rows },
          text: [
            headingOf(recorded, await runOf(engine, reference)),
            ...negativeLines(rows, recorded),
          ].join('\n'),
        };
      });
    });
}

async function runOf(engine: EngineClient, reference: string): Promise<RunSummary | null> {
  const runs = await engine.call('runs.list', { archived: true, deleted: true });
  const named = runs.find(({ name }) => name === reference);
  return named ?? runs.find(({ run }) => String(run) === reference) ?? null;
}

/** Of which training, epoch and anchor the rows are, and what its loss made of the anchor. */
function headingOf({ anchor, epoch, totals }: AnchorLedger, run: RunSummary | null): string {
  const { loss, effectiveNegatives, clamped, syntheticShare } = totals;
  const negatives = run && trainedNegatives(run);
  return [
    `${run?.name ?? 'the run'}, epoch ${epoch}, ${anchor.path}`,
    ...(negatives === null ? [] : [`N = ${negatives} negatives of an anchor`]),
    `loss of the anchor ${loss.toFixed(4)}`,
    `effective negatives ${effectiveNegatives.toFixed(1)}`,
    ...(syntheticShare === undefined
      ? []
      : [`${formatPercent(syntheticShare)} of its gradient on synthetic negatives`]),
    ...(clamped > 0 ? [`${formatPercent(clamped)} of its views clamped`] : []),
  ].join('; ');
}

function negativeLines(
  rows: ReturnType<typeof ledgerRows>,
  { totals }: Pick<AnchorLedger, 'totals'>,
): string[] {
  if (rows.length === 0) {
    const isOnSynthetic = (totals.syntheticShare ?? 0) > 0;
    return [
      isOnSynthetic
        ? 'None of its negatives that are pictures had a gradient.'
        : 'No negative of it had a gradient.',
    ];
  }
  return tableLines([
    ['share', 'weight', 'similarity', 'zone', 'occurrences', 'judged', 'path'],
    ...rows.map((row) => [
      row.share.toFixed(5),
      row.weight.toFixed(3),
      row.similarity.toFixed(4),
      row.zone,
      String(row.met),
      row.judgedDifferent ? 'different' : '',
      row.path,
    ]),
  ]);
}

/** All recorded negatives, the one with most of the gradient first. */
function ledgerRows(recorded: AnchorLedger, nameOf: (id: number) => PictureName) {
  return Array.from(recorded.ids, (id, index) => ({
    ...nameOf(id),
    similarity: recorded.similarity[index] ?? 0,
    weight: recorded.weight[index] ?? 0,
    share: recorded.share[index] ?? 0,
    zone: zoneNames[recorded.zone[index] ?? 0] ?? zoneNames[0],
    met: recorded.met[index] ?? 0,
    judgedDifferent: recorded.judgedDifferent?.[index] === 1,
  }));
}
