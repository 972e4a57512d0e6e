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
