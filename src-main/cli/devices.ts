import type { Command } from 'commander';
import type { DeviceReport } from '../contract/devices.ts';
import type { StartCommand } from './start-command.ts';
import { decimals } from './text-table.ts';

/** Adds the command `devices`. */
export function addDevices(program: Command, start: StartCommand): void {
  program
    .command('devices')
    .description('list what can compute here, and why each is or is not used')
    .action(async (_options: unknown, command: Command) => {
      const line = start(command);
      const engine = await line.createEngine('read');
      try {
        const devices = await engine.call('devices.list', {});
        const rows = devices.map(({ name, chosen, available, millisecondsPerStep, reason }) => [
          name,
          chosen ? 'used' : available ? 'there' : 'no',
          decimals(millisecondsPerStep, 1),
          reason,
        ]);
        line.print({ json: devices, text: [['device', '', 'ms/step', 'why'], ...rows] });
        if (!line.json) line.options.stdout.write(missingLines(devices));
      } finally {
        await engine.close();
      }
    });
}

/** Below the table: what each device lacks, and how to get it. */
function missingLines(devices: readonly DeviceReport[]): string {
  const lines = devices.flatMap(({ name, missing = [] }) =>
    missing.map(({ what, get }) => `${name} lacks ${what}: ${get}.\n`),
  );
  return lines.length === 0 ? '' : `\n${lines.join('')}`;
}
