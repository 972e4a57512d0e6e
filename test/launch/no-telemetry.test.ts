import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { telemetryFiles } from '../../packaging/check/telemetry-files.ts';
import { strangerEnvironment } from '../../packaging/check/try-commands.ts';
import { bin } from '../cli/run-cli.ts';
import { emojiFolder } from '../contract/engine-shells.ts';
import { temporaryFolder } from '../engine/store/temporary-library.ts';

const projectFolder = join(import.meta.dirname, '../..');
/** On Windows nothing is written to files: the events go to the system. */
const writesFiles = process.platform !== 'win32';

/** Runs Node with these arguments, in a home of its own and without this process's settings. */
function runAtHome(args: readonly string[]): string[] {
  const home = temporaryFolder();
  const options = { cwd: projectFolder, env: strangerEnvironment(home), encoding: 'utf8' } as const;
  const { status, stderr } = spawnSync(process.execPath, args, options);
  if (status !== 0) throw new Error(stderr);
  return telemetryFiles(home);
}

it.runIf(writesFiles)('is what ONNX Runtime has by itself', () => {
  const session = `import { InferenceSession } from 'onnxruntime-node';
    import { gemmModel } from './src-main/engine/numeric/gemm-model.ts';
    await (await InferenceSession.create(gemmModel())).release();`;
  expect(runAtHome(['--no-warnings', '--input-type=module', '-e', session])).toHaveLength(2);
});

it.runIf(writesFiles)('is off in every program that is started from the sources', () => {
  const home = temporaryFolder();
  const run = (...args: string[]): void => {
    const env = strangerEnvironment(home);
    const { status, stderr } = spawnSync(process.execPath, [bin, ...args], {
      ...{ env, encoding: 'utf8' },
    });
    if (status !== 0) throw new Error(stderr);
  };
  run('scan', emojiFolder);
  run('embed', '--encoder', 'starter');
  expect(telemetryFiles(home)).toEqual([]);
});
