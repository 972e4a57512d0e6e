import { Duplex } from 'node:stream';
import { expect, it } from 'vitest';
import type { ByteChannel } from '../../src-main/rpc/byte-channel.ts';
import { FramedStream } from '../../src-main/rpc/framed-stream.ts';

/** Two ends of one stream, whose bytes arrive in chunks of at most so many. */
function connectedEnds(chunkBytes: number): [Duplex, Duplex] {
  const end = (other: () => Duplex): Duplex =>
    new Duplex({
      read: () => undefined,
      write(chunk: Buffer, _encoding, done) {
        for (let at = 0; at < chunk.byteLength; at += chunkBytes) {
          // A copy: a reader must not depend on bytes that lie in one piece of memory.
          other().push(Buffer.from(chunk.subarray(at, at + chunkBytes)));
        }
        done();
      },
      final(done) {
        other().push(null);
        done();
      },
    });
  const first: Duplex = end(() => second);
  const second: Duplex = end(() => first);
  return [first, second];
}

interface Heard {
  readonly bytes: number[][];
  isClosed: boolean;
}

function hear(channel: ByteChannel): Heard {
  const heard: Heard = { bytes: [], isClosed: false };
  channel.listen(
    (bytes) => void heard.bytes.push([...bytes]),
    () => (heard.isClosed = true),
  );
  return heard;
}

function openPair(chunkBytes: number): {
  ends: [Duplex, Duplex];
  opener: FramedStream;
  opened: Map<string, ByteChannel>;
} {
  const ends = connectedEnds(chunkBytes);
  const opened = new Map<string, ByteChannel>();
  const opener = new FramedStream(ends[0], () => undefined);
  new FramedStream(ends[1], (name, channel) => void opened.set(name, channel));
  return { ends, opener, opened };
}

it.each([1, 2, 7, 9, 64, 100_000])(
  'keeps messages apart and whole in chunks of %i bytes',
  async (size) => {
    const { opener, opened } = openPair(size);
    const [first, second] = [opener.open('first'), opener.open('über')];
    await expect.poll(() => [...opened.keys()]).toEqual(['first', 'über']);
    const ears = [...opened.values()].map(hear);
    const answers = hear(second);
    first.send(Uint8Array.of(1, 2, 3));
    second.send(new Uint8Array(0));
    second.send(new Uint8Array(300).fill(7));
    first.send(Uint8Array.of(4));
    await expect
      .poll(() => ears.map(({ bytes }) => bytes))
      .toEqual([
        [[1, 2, 3], [4]],
        [[], Array.from({ length: 300 }, () => 7)],
      ]);
    opened.get('über')?.send(Uint8Array.of(9));
    await expect.poll(() => answers.bytes).toEqual([[9]]);
  },
);

it('gives what came before anyone listened, in its order', async () => {
  const { opener, opened } = openPair(5);
  const channel = opener.open('late');
  channel.send(Uint8Array.of(1));
  channel.send(new Uint8Array(300).fill(7));
  await expect.poll(() => opened.size).toBe(1);
  await new Promise((resolve) => setTimeout(resolve, 20));
  const late = opened.get('late');
  if (!late) throw new Error('The channel was opened.');
  expect(hear(late).bytes).toEqual([[1], Array.from({ length: 300 }, () => 7)]);
});

it('closes one channel and leaves the others', async () => {
  const { opener, opened } = openPair(64);
  const [first, second] = [opener.open('first'), opener.open('second')];
  await expect.poll(() => opened.size).toBe(2);
  const ears = [...opened.values()].map(hear);
  first.close();
  first.send(Uint8Array.of(1));
  second.send(Uint8Array.of(2));
  await expect
    .poll(() => ears)
    .toEqual([
      { bytes: [], isClosed: true },
      { bytes: [[2]], isClosed: false },
    ]);
});

it('closes every channel when the stream ends, and one that is opened after that at once', async () => {
  const { ends, opener } = openPair(64);
  const open = hear(opener.open('open'));
  ends[1].end();
  await expect.poll(() => open.isClosed).toBe(true);
  const late = hear(opener.open('late'));
  await expect.poll(() => late.isClosed).toBe(true);
});
