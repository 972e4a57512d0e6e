import { errorReport } from '../../../src-main/contract/errors/errors.ts';
import { CarriedArrays } from '../../../src-main/rpc/carried-arrays.ts';
import { decodeMessage } from '../../../src-main/rpc/codec.ts';

const headBytes = 9;

/**
 * Looks at all that an engine's end of a stream has sent.
 * @throws Error where a call was answered with an error that is no sentence for a person
 */
export function checkAnswers(sent: Buffer): void {
  const carried = new Map<number, CarriedArrays>();
  for (let at = 0; at + headBytes <= sent.length;) {
    const length = sent.readUInt32LE(at);
    const channel = sent.readUInt32LE(at + 4);
    const payload = sent.subarray(at + headBytes, at + headBytes + length);
    at += headBytes + length;
    if (sent.readUInt8(at - length - 1) !== 0 || payload.length < length) continue;
    const received = carried.get(channel) ?? new CarriedArrays();
    carried.set(channel, received);
    checkAnswer(decodeMessage(payload, received));
  }
}

function checkAnswer(message: unknown): void {
  const { r: answer } = message as { r?: { error?: unknown } | null };
  if (answer?.error === undefined) return;
  const { code, message: sentence } = errorReport.parse(answer.error);
  if (code === 'internal' || !/\w.*\.$/s.test(sentence))
    throw new Error(`A call is refused as ${code}: ${sentence}`);
}
