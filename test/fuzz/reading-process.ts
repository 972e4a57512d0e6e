import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { formatNamed } from './all-formats.ts';
import { changedPaths, folderTree } from './folder-tree.ts';
import type { FuzzInput } from './fuzz-format.ts';
import { inputRandom } from './input-random.ts';
import { judgeError } from './judge-error.ts';
import { memoryPeak } from './memory-peak.ts';
import type { ReaderReady, ReadReply, ReadRequest } from './reader-messages.ts';

// Reads inputs of one format, in a process of its own. Arguments: format, seed, folder.
const [name = '', seed = '1', place = ''] = process.argv.slice(2);
const [inputName, samplesName] = ['input', 'samples'];
const folder = join(place, inputName);
const format = await formatNamed(name);
const samples = join(place, samplesName);
const unwatched = format.writesBeside === true ? [samplesName, inputName] : [samplesName];
for (const part of [samples, join(place, 'empty'), folder]) mkdirSync(part, { recursive: true });
writeFileSync(join(place, 'canary'), 'Nobody changes this.');
const reader = await format.open(samples);
// Whatever is written by a relative path, or to where temporary files lie, is seen.
process.chdir(join(place, 'empty'));
for (const variable of ['TMPDIR', 'TMP', 'TEMP']) process.env[variable] = join(place, 'empty');

const stray: unknown[] = [];
process.on('unhandledRejection', (error) => stray.push(error));
process.on('uncaughtException', (error) => stray.push(error));
const memory = memoryPeak();

process.on('message', ({ number }: ReadRequest) => {
  void readInput(number).then(
    (reply) => process.send?.(reply),
    // An input that cannot be made is the fuzzer's own fault, and ends it.
    (error: unknown) => {
      process.stderr.write(`Input ${number} cannot be made: ${String(error)}\n`);
      process.exit(1);
    },
  );
});
process.send?.({ ready: true } satisfies ReaderReady);

async function readInput(number: number): Promise<ReadReply> {
  const input = reader.make(inputRandom(Number(seed), number));
  lay(input);
  const before = folderTree(place, unwatched);
  memory.begin();
  const started = performance.now();
  const ended = await endOf(input);
  const milliseconds = performance.now() - started;
  const growth = memory.growth();
  const written = changedPaths(before, folderTree(place, unwatched));
  rmSync(folder, { recursive: true });
  mkdirSync(folder);
  const faults = [
    ...stray.splice(0).map((error) => `Nobody caught ${judgeError(error).text}`),
    ...(written.length > 0 ? [`It wrote ${written.join(', ')}.`] : []),
  ];
  const judged = faults.length > 0 ? { kind: 'fault' as const, text: faults.join('\n') } : ended;
  return { number, ...judged, story: input.story, milliseconds, growth };
}

async function endOf(input: FuzzInput): Promise<Pick<ReadReply, 'kind' | 'text'>> {
  try {
    await reader.read(folder, input);
    return { kind: 'read', text: '' };
  } catch (error) {
    return judgeError(error);
  } finally {
    // What nobody waits for fails now, and not during the next input.
    await setImmediate();
    await setImmediate();
  }
}

function lay({ files }: FuzzInput): void {
  for (const [path, bytes] of Object.entries(files)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  }
}
