import type { Command } from 'commander';
import type { DeviceReport } from '../contract/devices.ts';
import type { CommandLine } from './command-line.ts';
import { placementRows } from './placement-text.ts';
import type { StartCommand } from './start-command.ts';
import { decimals } from './text-table.ts';

/** Adds the command `devices`. */
export function addDevices(program: Command, start: StartCommand): void {
  program
    .command('devices')
    .description('list what can compute here, and why each is or is not used')
    .option(
      '--explain',
      'show which operators of a training step each device of ONNX Runtime runs, and which it leaves to the processor',
    )
    .action(async ({ explain }: { readonly explain?: boolean }, command: Command) => {
      const line = start(command);
      const engine = await line.createEngine('read');
      try {
        if (explain) {
          const placements = await engine.call('devices.explain', {});
          line.print({ json: placements, text: placementRows(placements) });
        } else {
          printDevices(line, await engine.call('devices.list', {}));
        }
      } finally {
        await engine.close();
      }
    });
}

function printDevices(line: CommandLine, devices: readonly DeviceReport[]): void {
  const rows = devices.map(({ name, chosen, available, millisecondsPerStep, reason }) => [
    name,
    chosen ? 'used' : available ? 'there' : 'no',
    decimals(millisecondsPerStep, 1),
    reason,
  ]);
  line.print({ json: devices, text: [['device', '', 'ms/step', 'why'], ...rows] });
  if (!line.json) line.options.stdout.write(missingLines(devices));
}

/** Below the table: what each device lacks, and how to get it. */
function missingLines(devices: readonly DeviceReport[]): string {
  const lines = devices.flatMap(({ name, missing = [] }) =>
    missing.map(({ what, get }) => `${name} lacks ${what}: ${get}.\n`),
  );
  return lines.length === 0 ? '' : `\n${lines.join('')}`;
}
