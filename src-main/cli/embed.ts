import type { Command } from 'commander';
import type { StartCommand } from './program.ts';

interface EmbedOptions {
  readonly encoder: string;
  readonly name?: string;
  readonly device?: string;
}

export function addEmbed(program: Command, start: StartCommand): void {
  program
    .command('embed')
    .description('embed the pictures that are not embedded yet')
    .requiredOption('--encoder <encoder>', '"starter", "pixels", or a run by number or name')
    .option('--name <name>', 'a name for the run')
    .option('--device <device>', 'auto, cpu, webgpu, cuda …')
    .action(async ({ encoder, name, device }: EmbedOptions, command: Command) => {
      const line = start(command);
      await line.answer('write', async (engine) => {
        const result = await line.runJob(engine, 'embed', { encoder, name, device });
        const { run, embedded, cached, dimensions, imagesPerSecond } = result;
        return {
          json: result,
          text: `run ${run}: ${embedded} pictures embedded in ${dimensions} dimensions at ${imagesPerSecond.toFixed(0)} pictures/s, ${cached} known already`,
        };
      });
    });
}
