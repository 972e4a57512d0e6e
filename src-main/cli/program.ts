import { Command } from 'commander';
import { addBackup, addBackups, addRestore } from './backups.ts';
import { addCompare } from './compare.ts';
import { addDevices } from './devices.ts';
import { addEmbed } from './embed.ts';
import { addEncoders } from './encoders.ts';
import { addEvaluate } from './evaluate.ts';
import { addExport } from './export.ts';
import { addFetch } from './fetch.ts';
import { addImport } from './import.ts';
import { addGenerated } from './generated.ts';
import { addLedger } from './ledger.ts';
import { addMap } from './map.ts';
import { addNearDuplicates } from './near-duplicates.ts';
import { addMine } from './mine.ts';
import { addNegatives } from './negatives.ts';
import { addNeighbours } from './neighbours.ts';
import { addPay } from './pay.ts';
import { addPositives } from './positives.ts';
import { addObjectives } from './objectives.ts';
import { showDefaults } from './option-defaults.ts';
import { addReview } from './review.ts';
import { addRun } from './run.ts';
import { addLabels } from './labels.ts';
import { addRuns } from './runs.ts';
import { addSearch } from './search.ts';
import { addScan } from './scan.ts';
import { addOpen, addServe } from './serve.ts';
import type { StartCommand } from './start-command.ts';
import { addTrain } from './train.ts';
import { addVerdict, addVerdicts } from './verdicts.ts';

const libraryOption = [
  '--library <file>',
  'the library file; the last one used if not given',
] as const;
const jsonOption = ['--json', 'print JSON, progress and errors too'] as const;

const commands = [
  addScan,
  addLabels,
  addTrain,
  addObjectives,
  addEmbed,
  addEncoders,
  addImport,
  addMap,
  addRuns,
  addRun,
  addNeighbours,
  addSearch,
  addNearDuplicates,
  addNegatives,
  addPositives,
  addGenerated,
  addLedger,
  addVerdict,
  addVerdicts,
  addReview,
  addEvaluate,
  addCompare,
  addPay,
  addExport,
  addMine,
  addBackup,
  addBackups,
  addRestore,
  addDevices,
  addFetch,
  addServe,
  addOpen,
];

/** Builds the command line. It throws CommanderError instead of ending the process. */
export function createProgram(version: string, start: StartCommand): Command {
  const program = new Command('negatoscope')
    .description('See which pictures your encoder treats as hard, false and ring negatives.')
    .version(version)
    .option(...libraryOption)
    .option(...jsonOption)
    .exitOverride()
    .configureOutput({ outputError: () => undefined });
  for (const add of commands) add(program, start);
  for (const command of program.commands) {
    showDefaults(command);
    addGlobalOptions(command);
  }
  return program;
}

/** Both options may come before or after the command. */
function addGlobalOptions(command: Command): void {
  command.option(...libraryOption).option(...jsonOption);
  for (const inner of command.commands) addGlobalOptions(inner);
}
