import { createHash } from 'node:crypto';
import {
  decoding as decodingSchema,
  formerDecoding,
  isSameDecoding,
  type Decoding,
} from '../../../contract/decoding.ts';

/**
 * The hash under which an encoder's vectors are stored: its identity, and how the pictures were
 * decoded. With the decoding `plain` it is the identity itself.
 */
export function decodedIdentity(
  identity: string,
  decoding: Decoding,
  plain = formerDecoding,
): string {
  if (isSameDecoding(decoding, plain)) return identity;
  const { background, enlarging } = decoding;
  return createHash('sha256').update(`${identity} ${background} ${enlarging}`).digest('hex');
}

/** How the pictures of a trained run were decoded, which is part of what its weights expect. */
export function decodingOfRun({
  settings,
}: {
  readonly settings: Readonly<Record<string, unknown>>;
}): Decoding {
  return settings['decoding'] === undefined
    ? formerDecoding
    : decodingSchema.parse(settings['decoding']);
}
