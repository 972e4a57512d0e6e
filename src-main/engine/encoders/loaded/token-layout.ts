import type { TokensBefore } from '../../../contract/loaded-encoders.ts';
import type { TokenFacts } from './token-facts.ts';

/** How many tokens a model gives for pictures of a size in pixels. */
export interface TokenCount {
  readonly tokens: number;
  readonly width: number;
  readonly height: number;
}

/** More than this stand before no model's patches. */
const mostBefore = 32;
const largestPatch = 64;

/**
 * What stands before the patches' tokens: by the counts at two sizes, else by the side of a patch, else
 * as the family has it, else by which remainder is a square; null where nothing tells.
 */
export function tokenLayout(facts: TokenFacts, counts: readonly TokenCount[]): TokensBefore | null {
  const [first, second] = counts;
  if (first === undefined) return familyLayout(facts);
  const before =
    (second && beforeByTwoSizes(first, second)) ??
    beforeByPatches(facts, first) ??
    beforeByFamily(facts, first) ??
    beforeBySquare(first);
  return before === null ? familyLayout(facts) : split(before, facts);
}

function familyLayout({ cls, registers }: TokenFacts): TokensBefore | null {
  return cls === null || registers === null ? null : { cls, registers };
}

function patchesOf({ width, height }: TokenCount, patch: number): number {
  return Math.floor(width / patch) * Math.floor(height / patch);
}

function plausible(before: number): number | null {
  return before >= 0 && before <= mostBefore ? before : null;
}

/** The remainder that is the same at both sizes for some side of a patch. */
function beforeByTwoSizes(first: TokenCount, second: TokenCount): number | null {
  if (first.tokens === second.tokens) return null;
  for (let patch = largestPatch; patch > 1; patch--) {
    const before = first.tokens - patchesOf(first, patch);
    const isSame = second.tokens - patchesOf(second, patch) === before;
    if (isSame && plausible(before) !== null) return before;
  }
  return null;
}

function beforeByPatches({ patchSize }: TokenFacts, count: TokenCount): number | null {
  if (patchSize === null || patchSize === 0) return null;
  return plausible(count.tokens - patchesOf(count, patchSize));
}

function beforeByFamily(facts: TokenFacts, { tokens }: TokenCount): number | null {
  const layout = familyLayout(facts);
  if (layout === null) return null;
  const before = Number(layout.cls) + layout.registers;
  return isSquare(tokens - before) ? before : null;
}

/** [CLS] alone, nothing, [CLS] and 4 registers, [CLS] and the token of a distilled DeiT. */
function beforeBySquare({ tokens, width, height }: TokenCount): number | null {
  if (width !== height) return null;
  const squares = [1, 0, 5, 2].filter((before) => isSquare(tokens - before));
  // Of two squares, the one whose patches fill the picture.
  const fills = squares.find((before) => width % Math.sqrt(tokens - before) === 0);
  return fills ?? squares[0] ?? null;
}

const isSquare = (count: number): boolean => count > 0 && Number.isInteger(Math.sqrt(count));

function split(before: number, { cls, registers }: TokenFacts): TokensBefore {
  if (before === 0) return { cls: false, registers: 0 };
  if (registers !== null)
    return { cls: before > registers, registers: Math.min(registers, before) };
  // Registers come in fours, so five tokens are [CLS] and registers, and four are registers alone.
  const hasCls = cls ?? before % 4 !== 0;
  return { cls: hasCls, registers: before - Number(hasCls) };
}
