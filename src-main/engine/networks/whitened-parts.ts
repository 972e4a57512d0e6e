/** A part of the features, side by side with others, that is whitened by itself. */
export interface WhitenedPart {
  /** How many features it has. */
  readonly inputs: number;
  /** To how many numbers it is whitened, at most. */
  readonly outputs: number;
  /** Each principal direction is divided by its standard deviation to this power: 1 whitens fully. */
  readonly power: number;
}

/** The length of whitened features; null where they are not whitened. */
export function whitenedLength(parts: readonly WhitenedPart[]): number;
export function whitenedLength(parts: readonly WhitenedPart[] | null): number | null;
export function whitenedLength(parts: readonly WhitenedPart[] | null): number | null {
  return parts && parts.reduce((sum, { outputs }) => sum + outputs, 0);
}

/** Numbers to which features are whitened that have no whitening of their own, at most. */
const mostWhitened = 384;

/** How features are whitened that have no whitening of their own. */
export function whiteningOf({ dimensions }: { readonly dimensions: number }): WhitenedPart[] {
  return [{ inputs: dimensions, outputs: Math.min(dimensions, mostWhitened), power: 0.5 }];
}

/** The given whitening, or where a run has whitened to another length one to that; null for none. */
export function whiteningTo(
  length: number | null,
  {
    dimensions,
    whitening,
  }: { readonly dimensions: number; readonly whitening: readonly WhitenedPart[] | null },
): readonly WhitenedPart[] | null {
  if (length === null) return null;
  if (length === whitenedLength(whitening)) return whitening;
  return whiteningOf({ dimensions }).map((part) => ({ ...part, outputs: length }));
}
