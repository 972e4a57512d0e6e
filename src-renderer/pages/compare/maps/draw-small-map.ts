import {
  fitCamera,
  toScreen,
  type Bounds,
  type Position,
  type Viewport,
} from '../../../map/scene/camera.ts';
import type { PointColours } from '../../../map/scene/map-props.ts';
import type { ThemeColours } from '../../../app/window/theme.svelte.ts';

const margin = 8;
const dimmed = 0.12;
/** Above so many points they are drawn smaller. */
const manyPoints = 5000;

interface SmallMapPoints {
  /** x and y of each. */
  readonly coordinates: Float32Array;
  /** The section of the data that is shown whole. */
  readonly bounds: Bounds;
  readonly colours: PointColours;
  /** 1 for those that stand out, 0 for those that are dimmed. */
  readonly isStrong: Uint8Array;
}

/**
 * Draws every point of a map into a canvas of that size in CSS pixels, those that stand out above.
 */
export function drawSmallMap(
  canvas: HTMLCanvasElement,
  viewport: Viewport,
  { coordinates, bounds, colours, isStrong }: SmallMapPoints,
): void {
  const context = canvas.getContext('2d');
  if (!context || viewport.width === 0 || viewport.height === 0) return;
  canvas.width = viewport.width * devicePixelRatio;
  canvas.height = viewport.height * devicePixelRatio;
  context.scale(devicePixelRatio, devicePixelRatio);
  const camera = fitCamera(bounds, viewport, margin);
  const size = isStrong.length > manyPoints ? 1.2 : 3;
  const draw = (row: number): void => {
    const [x = 0, y = 0] = coordinates.subarray(2 * row, 2 * row + 2);
    const position = toScreen(camera, viewport, { x, y });
    context.fillStyle = colours.palette[colours.categories[row] ?? 0] ?? '';
    context.fillRect(position.x - size / 2, position.y - size / 2, size, size);
  };
  for (const strong of [0, 1]) {
    context.globalAlpha = strong === 1 ? 1 : dimmed;
    for (let row = 0; row < isStrong.length; row++) if (isStrong[row] === strong) draw(row);
  }
}

const anchorRadius = 6;

/** Draws a ring around the anchor's position on a small map that `drawSmallMap` has drawn. */
export function drawSmallAnchor(
  canvas: HTMLCanvasElement,
  viewport: Viewport,
  position: Position,
  bounds: Bounds,
  { anchor, page }: Pick<ThemeColours, 'anchor' | 'page'>,
): void {
  const context = canvas.getContext('2d');
  if (!context || viewport.width === 0 || viewport.height === 0) return;
  const { x, y } = toScreen(fitCamera(bounds, viewport, margin), viewport, position);
  context.globalAlpha = 1;
  // A wider ring of the page's colour sets it off from the points.
  for (const [colour, width] of [
    [page, 5],
    [anchor, 2.5],
  ] as const) {
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.beginPath();
    context.arc(x, y, anchorRadius, 0, 2 * Math.PI);
    context.stroke();
  }
}
