import type { Camera, Viewport } from './camera.ts';

/** What every layer needs to draw one frame. */
export interface Frame {
  readonly camera: Camera;
  readonly viewport: Viewport;
  readonly pixelRatio: number;
  /** How far points are on their way from their previous to their present position, 0..1. */
  readonly progress: number;
  /** The camera's scale over the scale at which everything fits. */
  readonly zoom: number;
}

/** Radius in CSS pixels of a normal dot: smaller for many pictures, growing gently with zoom. */
export function dotRadius(pointCount: number, zoom: number): number {
  const crowded = 6.1 - 0.98 * Math.log10(Math.max(pointCount, 10));
  return Math.min(Math.max(crowded, 1.3) * Math.max(zoom, 0.6) ** 0.3, 9);
}
