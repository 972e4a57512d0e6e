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

/** Runs Node with these arguments, for the user of a home and without this process's settings. */
function runAt(home: string, ...args: string[]): void {
  const options = { cwd: projectFolder, env: strangerEnvironment(home), encoding: 'utf8' } as const;
  const { status, stderr } = spawnSync(process.execPath, args, options);
  if (status !== 0) throw new Error(stderr);
}

it.runIf(writesFiles)('is what ONNX Runtime has by itself', () => {
  const session = `import { InferenceSession } from 'onnxruntime-node';
    import { gemmModel } from './src-main/engine/numeric/gemm-model.ts';
    await (await InferenceSession.create(gemmModel())).release();`;
  const home = temporaryFolder();
  runAt(home, '--no-warnings', '--input-type=module', '-e', session);
  expect(telemetryFiles(home)).toHaveLength(2);
});

it.runIf(writesFiles)('is off in every program that is started from the sources', () => {
  const home = temporaryFolder();
  runAt(home, bin, 'scan', emojiFolder);
  runAt(home, bin, 'embed', '--encoder', 'starter');
  expect(telemetryFiles(home)).toEqual([]);
});
