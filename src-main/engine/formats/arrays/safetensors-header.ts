import { z } from 'zod';
import { parsePlainJson } from '../text/plain-json.ts';

/** The type, shape and bytes of one tensor; offsets count from the end of the header. */
const tensorEntry = z.object({
  dtype: z.string(),
  shape: z.array(z.number().int().min(0)),
  data_offsets: z.tuple([z.number().int().min(0), z.number().int().min(0)]),
});
export type SafetensorsEntry = z.infer<typeof tensorEntry>;

const headerSchema = z
  .object({ __metadata__: z.record(z.string(), z.string()).optional() })
  .catchall(tensorEntry);

export interface SafetensorsHeader {
  readonly metadata: Readonly<Record<string, string>>;
  readonly tensors: Readonly<Record<string, SafetensorsEntry>>;
}

/** The length of the header is stored before it in this many bytes, little-endian. */
export const headerLengthBytes = 8;
const alignment = 8;

/**
 * The beginning of a safetensors file (https://github.com/huggingface/safetensors#format): the length
 * of the header, and the header as JSON, padded with spaces so that the values begin at a multiple of 8
 * bytes.
 */
export function encodeSafetensorsHeader({ metadata, tensors }: SafetensorsHeader): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify({ __metadata__: metadata, ...tensors }));
  const length = Math.ceil(json.length / alignment) * alignment;
  const bytes = new Uint8Array(headerLengthBytes + length).fill(0x20);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length), true);
  bytes.set(json, headerLengthBytes);
  return bytes;
}

/** Reads the JSON text of a header. @throws Error where the text is not a header */
export function parseSafetensorsHeader(json: string): SafetensorsHeader {
  const { __metadata__: metadata = {}, ...tensors } = headerSchema.parse(parsePlainJson(json));
  return { metadata, tensors };
}
