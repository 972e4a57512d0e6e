import type { Command } from 'commander';
import { encoderKinds, poolings } from '../contract/loaded-encoders.ts';
import type { EncoderDescription } from '../contract/loaded-encoders.ts';
import type { Preprocessing } from '../contract/preprocessing.ts';
import type { StartCommand } from './start-command.ts';

/** Adds the command `encoders`. */
export function addEncoders(program: Command, start: StartCommand): void {
  program
    .command('encoders')
    .description('list the encoders that were added, or describe a file or folder')
    .argument('[path]', 'an ONNX file, a model folder, or a model.json')
    .action(async (path: string | undefined, _options: unknown, command: Command) => {
      const line = start(command);
      if (path !== undefined) {
        const engine = await line.createEngine('read');
        try {
          const json = await engine.call('encoders.inspect', { path: line.path(path) });
          line.print({ json, text: descriptionRows(json) });
        } finally {
          await engine.close();
        }
        return;
      }
      await line.answer('read', async (engine) => {
        const encoders = await engine.call('encoders.list', {});
        const rows = encoders.map(({ name, description, selfTest, present }) => [
          name,
          encoderKinds[description.kind],
          `${selfTest.dimensions}-d`,
          `${selfTest.picturesPerSecond.toFixed(0)}/s on ${selfTest.device}`,
          selfTest.checks.every(({ passed }) => passed) ? 'passed' : 'see --json',
          present ? description.path : `${description.path} (gone)`,
        ]);
        const head = ['encoder', 'kind', 'vectors', 'pictures', 'self-test', 'file'];
        return { json: encoders, text: [head, ...rows] };
      });
    });
}

function descriptionRows(found: EncoderDescription): string[][] {
  const { input, preprocessing: plan } = found;
  return [
    ['file', found.path],
    ['kind', [encoderKinds[found.kind], found.family].filter(Boolean).join(', ')],
    ['input', `${input.name} ${input.type} [${input.shape.join(' x ')}] ${input.layout}`],
    ...found.outputs.map(({ name, type, shape, poolings: ways }) => [
      'output',
      `${name} ${type} [${shape?.join(' x ') ?? 'unknown'}]: ${ways.map((way) => `${way} (${poolings[way]})`).join(', ') || 'no use'}`,
    ]),
    ['chosen', found.outputReason],
    ['resize', resizeText(plan)],
    [
      'values',
      `${plan.channels}, scale ${plan.scale}, mean ${plan.mean.join(' ')}, std ${plan.std.join(' ')}`,
    ],
    ['because', found.preprocessingReason],
    ...(found.assumptions ?? []).map((sentence) => ['assumed', sentence]),
    ...found.notes.map((note) => ['note', note]),
  ];
}

function resizeText({ mode, resize, width, height, ...plan }: Preprocessing): string {
  const odd = plan.oddMargin === 'even' ? ', odd margins even' : '';
  const filled = plan.fill ? `, filled with ${plan.fill.join(' ')}` : '';
  return `${mode} ${resize} to ${width} x ${height}, ${plan.kernel}${odd}${filled}`;
}
