import { encoderByName } from '../../store/encoders.ts';
import type { Library } from '../../store/library-file.ts';
import { readMeta, writeMeta } from '../../store/meta.ts';
import { findRun, listRuns } from '../../store/runs.ts';
import type { FrozenEncoder } from './encoder.ts';

/** A training step of an encoder takes about as long as so many passes over one view of each picture. */
const passesPerTrainedPicture = 6;

/** Keeps how long the encoder with this hash takes for one view of a picture, as it was measured. */
export function saveSecondsPerView(library: Library, hash: string, seconds: number): void {
  if (seconds > 0) writeMeta(library, keyOf(hash), String(seconds));
}

/**
 * The seconds that an encoder takes for one view of a picture on this computer: measured on views,
 * else while it embedded pictures, was tested or was trained; null where it never ran.
 */
export function secondsPerView(
  library: Library,
  { hash, on }: Pick<FrozenEncoder, 'hash' | 'on'>,
): number | null {
  const onViews = Number(readMeta(library, keyOf(hash)) ?? 0);
  if (onViews > 0) return onViews;
  const speed = picturesPerSecond(library, on);
  return speed === null ? null : 1 / speed;
}

function picturesPerSecond(library: Library, on: FrozenEncoder['on']): number | null {
  if (typeof on === 'number') {
    const trained = findRun(library, on).imagesPerSecond;
    return trained ? trained * passesPerTrainedPicture : null;
  }
  const embedding = listRuns(library).findLast(
    ({ kind, encoder, imagesPerSecond }) =>
      kind === 'loaded' && encoder === on && (imagesPerSecond ?? 0) > 0,
  );
  return (
    embedding?.imagesPerSecond ?? encoderByName(library, on)?.selfTest.picturesPerSecond ?? null
  );
}

function keyOf(hash: string): string {
  return `secondsPerView ${hash}`;
}
