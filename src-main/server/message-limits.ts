import type { ByteChannel } from '../rpc/byte-channel.ts';
import type { ServerLimits } from './limits.ts';

type Limits = Pick<ServerLimits, 'messageValues' | 'messageDepth'>;

/** A channel that closes at a message which would unfold to more values than the limits allow. */
export function withinLimits(bytes: ByteChannel, limits: Limits): ByteChannel {
  return {
    ...bytes,
    listen(onBytes, onClose) {
      bytes.listen((message) => {
        if (isWithin(message, limits)) onBytes(message);
        else bytes.close('not-a-message');
      }, onClose);
    },
  };
}

/**
 * Whether a message in MessagePack holds no more values than allowed, and all that its heads announce: an array's head
 * of 5 bytes may announce four billion values, for which a decoder makes room.
 */
export function isWithin(message: Uint8Array, { messageValues, messageDepth }: Limits): boolean {
  const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
  /** How many values each open array or map still awaits. */
  const awaited = [1];
  let at = 0;
  let values = 0;
  while (awaited.length > 0) {
    const last = awaited.length - 1;
    const count = awaited[last] ?? 0;
    if (count === 0) {
      awaited.pop();
      continue;
    }
    awaited[last] = count - 1;
    const head = headAt(view, at);
    if (head === null) return false;
    at += head.bytes;
    values += head.values;
    if (at > view.byteLength || head.values > view.byteLength - at) return false;
    if (values > messageValues || awaited.length > messageDepth) return false;
    if (head.values > 0) awaited.push(head.values);
  }
  return true;
}

interface Head {
  /** With the contents of a text or of bytes. */
  readonly bytes: number;
  /** That follow it: two of each pair of a map. */
  readonly values: number;
}

/** The value that begins at a byte; null where none does, or its length is cut off. */
function headAt(view: DataView, at: number): Head | null {
  if (at >= view.byteLength) return null;
  const byte = view.getUint8(at);
  if (byte <= 0x7f || byte >= 0xe0) return { bytes: 1, values: 0 };
  if (byte <= 0x8f) return { bytes: 1, values: 2 * (byte & 0x0f) };
  if (byte <= 0x9f) return { bytes: 1, values: byte & 0x0f };
  if (byte <= 0xbf) return { bytes: 1 + (byte & 0x1f), values: 0 };
  const kind = kinds[byte - 0xc0];
  if (kind === undefined) return null;
  const [fixed, lengthBytes, what] = kind;
  if (at + 1 + lengthBytes > view.byteLength) return null;
  const length = unsigned(view, at + 1, lengthBytes);
  return {
    bytes: 1 + fixed + lengthBytes + (what === 'bytes' ? length : 0),
    values: what === 'array' ? length : what === 'map' ? 2 * length : 0,
  };
}

function unsigned(view: DataView, at: number, bytes: number): number {
  if (bytes === 0) return 0;
  if (bytes === 1) return view.getUint8(at);
  return bytes === 2 ? view.getUint16(at) : view.getUint32(at);
}

type Kind = readonly [fixed: number, lengthBytes: number, what: 'bytes' | 'array' | 'map'];

const fixed = (bytes: number): Kind => [bytes, 0, 'bytes'];
/** What the first bytes 0xc0 to 0xdf say; 0xc1 says nothing. */
const kinds: readonly (Kind | undefined)[] = [
  ...[fixed(0), undefined, fixed(0), fixed(0)],
  // Bytes, and those of an extension with its type.
  ...([1, 2, 4].map((length) => [0, length, 'bytes']) as Kind[]),
  ...([1, 2, 4].map((length) => [1, length, 'bytes']) as Kind[]),
  // Numbers: two with a point, four without a sign, four with one.
  ...[4, 8, 1, 2, 4, 8, 1, 2, 4, 8].map(fixed),
  // Extensions of a fixed length, with its type.
  ...[2, 3, 5, 9, 17].map(fixed),
  ...([1, 2, 4].map((length) => [0, length, 'bytes']) as Kind[]),
  [0, 2, 'array'],
  [0, 4, 'array'],
  [0, 2, 'map'],
  [0, 4, 'map'],
];
