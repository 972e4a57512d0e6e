import { encoderKinds } from '../../../../src-main/contract/loaded-encoders.ts';
import type { KnownEncoder } from '../../../../src-main/contract/loaded-encoders.ts';
import { formatCount } from '../../../../src-main/contract/format-count.ts';
import { formatNumber } from '../../../formats/formats.ts';

/** What an added encoder is, in one line: kind, family, length of its vectors, speed. */
export function encoderFacts({ description, selfTest }: KnownEncoder): string {
  const { dimensions, picturesPerSecond, device } = selfTest;
  const speed = formatNumber(picturesPerSecond, picturesPerSecond < 10 ? 1 : 0);
  const facts = [
    encoderKinds[description.kind],
    description.family,
    `${formatCount(dimensions)}-d`,
    `${speed} pictures/s on ${device}`,
  ];
  return facts.filter(Boolean).join(' · ');
}
