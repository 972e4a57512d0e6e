import type { Command } from 'commander';
import { zoneNames } from '../contract/bins.ts';
import type { AnchorLedger } from '../contract/ledger.ts';
import { wholeNumber } from './command-line.ts';
import { pictureNames } from './picture-names.ts';
import type { PictureName } from './picture-names.ts';
import type { StartCommand } from './start-command.ts';

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
    .action(async ({ run, anchor: reference, epoch: wanted }: LedgerOptions, command: Command) => {
      const line = start(command);
      await line.answer('read', async (engine) => {
        const input = { run, anchor: reference, epoch: wanted };
        const recorded = await engine.call('anchor.ledger', input);
        const nameOf = pictureNames(await engine.call('library.samples', {}));
        const rows = ledgerRows(recorded, nameOf);
        const { epoch, epochs, totals } = recorded;
        const { hash, path, label } = recorded.anchor;
        return {
          json: { anchor: { hash, path, label }, epoch, epochs, totals, rows },
          text: [
            ['share', 'weight', 'similarity', 'zone', 'met', 'path'],
            ...rows.map((row) => [
              row.share.toFixed(5),
              row.weight.toFixed(3),
              row.similarity.toFixed(4),
              row.zone,
              String(row.met),
              row.path,
            ]),
          ],
        };
      });
    });
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
  }));
}
