import { join } from 'node:path';
import { duplexPair } from 'node:stream';
import type { Duplex } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import type { Random } from '../../../src-main/engine/numeric/random.ts';
import { EngineError } from '../../../src-main/contract/errors/errors.ts';
import { createEngine } from '../../../src-main/engine/engine.ts';
import { encodedChannel } from '../../../src-main/rpc/byte-channel.ts';
import { encodeMessage } from '../../../src-main/rpc/codec.ts';
import { FramedStream } from '../../../src-main/rpc/framed-stream.ts';
import { serveChannel } from '../../../src-main/rpc/serve-channel.ts';
import type { FuzzFormat, FuzzInput } from '../fuzz-format.ts';
import { byteMutations } from '../mutations/byte-mutations.ts';
import { jsonMutations } from '../mutations/json-mutations.ts';
import { messagePackMutations } from '../mutations/message-pack-mutations.ts';
import { mutated, oneOf } from '../mutations/mutation.ts';
import { checkAnswers } from './rpc-answers.ts';
import { sampleCalls } from './sample-calls.ts';
import { sampleLibrary } from './table-samples.ts';

const path = 'frames';
/** Turns of the loop after which whatever was to be answered is answered. */
const mostTurns = 400;
const lastCall = 'the last call';

export const rpcFormat: FuzzFormat = {
  name: 'rpc',
  title: 'Messages to the engine',
  async open(scratch) {
    sampleLibrary(scratch).close();
    const engine = createEngine({
      ...{ dataFolder: scratch, modelFolder: scratch, workingFolder: scratch },
      now: () => 1000,
    });
    await engine.call('library.open', { file: join(scratch, 'library.sqlite') });
    return {
      make: changedFrames,
      read: async (_folder, { files }) => {
        const [ours, theirs] = duplexPair();
        new FramedStream(theirs, (_name, bytes) => serveChannel(engine, encodedChannel(bytes)));
        const answers = await answersTo(ours, Buffer.from(files[path] ?? []));
        ours.destroy();
        theirs.destroy();
        checkAnswers(answers);
        if (!answers.includes(lastCall)) {
          throw new EngineError('bad-argument', 'What follows is not understood any more.');
        }
      },
    };
  },
};

function changedFrames(random: Random): FuzzInput {
  const call = oneOf(sampleCalls, random);
  const kind = random.index(4);
  const whole = kind === 0 ? changedCall(call, random) : { bytes: encoded(call), done: [] };
  const own = kind === 1 || kind === 2 ? mutated(whole.bytes, packed, random) : whole;
  const frames = Buffer.concat([
    ...[frame(1, 1, Buffer.from('engine')), frame(1, 0, encoded(sampleCalls[0] ?? {}))],
    ...[frame(1, 0, own.bytes), frame(2, 1, Buffer.from('engine'))],
  ]);
  const sent = kind === 3 ? mutated(frames, byteMutations, random) : { bytes: frames, done: [] };
  const last = frame(2, 0, encoded({ t: 'q', m: 'call', a: ['jobs.list', {}], i: lastCall }));
  return {
    path,
    files: { [path]: Buffer.concat([sent.bytes, last]) },
    story: `${JSON.stringify(call).slice(0, 80)}: ${[...whole.done, ...own.done, ...sent.done].join(', ')}`,
  };
}

const packed = { ...byteMutations, ...messagePackMutations };

/** The values of a call changed, and encoded as it must be. */
function changedCall(call: object, random: Random) {
  const { bytes, done } = mutated(Buffer.from(JSON.stringify(call)), valuesOnly, random);
  // Nothing is left where the whole call was taken out.
  const changed: unknown = bytes.length === 0 ? null : JSON.parse(bytes.toString());
  return { bytes: encoded(changed), done };
}

const valuesOnly = Object.fromEntries(
  Object.entries(jsonMutations).filter(([name]) => !/^(nests|writes)/.test(name)),
);

function encoded(message: unknown): Buffer {
  return Buffer.from(encodeMessage(message));
}

function frame(channel: number, kind: number, payload: Uint8Array): Buffer {
  const head = Buffer.alloc(9);
  head.writeUInt32LE(payload.length, 0);
  head.writeUInt32LE(channel, 4);
  head.writeUInt8(kind, 8);
  return Buffer.concat([head, payload]);
}

/** All that the engine's end sends, until it has answered the last call or nothing more. */
async function answersTo(stream: Duplex, bytes: Buffer): Promise<Buffer> {
  const parts: Buffer[] = [];
  stream.on('data', (part: Buffer) => parts.push(part));
  stream.write(bytes);
  for (let turn = 0; turn < mostTurns; turn++) {
    await setImmediate();
    if (Buffer.concat(parts.slice(-2)).includes(lastCall)) break;
  }
  return Buffer.concat(parts);
}
