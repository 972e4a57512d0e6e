/**
 * How a dot's radius changes with its layer (see `layerOf`), and the width of its rim in pixels.
 */
export const dotShape = {
  dim: { growth: 0.9, rim: 0 },
  normal: { growth: 1, rim: 0 },
  strong: { growth: 1.3, rim: 0.9 },
  selected: { growth: 1.3, rim: 1.5 },
} as const;

const byLayer = [dotShape.dim, dotShape.normal, dotShape.strong, dotShape.selected];

/** Radius in CSS pixels of a normal dot: smaller for many pictures, growing gently with zoom. */
export function dotRadius(pointCount: number, zoom: number): number {
  const crowded = 6.1 - 0.98 * Math.log10(Math.max(pointCount, 10));
  return Math.min(Math.max(crowded, 1.3) * Math.max(zoom, 0.6) ** 0.3, 9);
}

/** Radius in CSS pixels of the disc that a dot of this layer covers, its rim included. */
export function dotReach(radius: number, layer: number): number {
  const { growth, rim } = byLayer[layer] ?? dotShape.normal;
  return radius * growth + rim;
}
