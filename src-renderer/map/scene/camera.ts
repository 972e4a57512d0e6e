/** The point of the data in the middle of the viewport, and CSS pixels per unit of the data. */
export interface Camera {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

/** Size of the viewport in CSS pixels. */
export interface Viewport {
  readonly width: number;
  readonly height: number;
}

export interface Bounds {
  readonly minX: number;
  readonly minY: number;
  readonly maxX: number;
  readonly maxY: number;
}

export interface Position {
  readonly x: number;
  readonly y: number;
}

/** How far one may zoom out and in, relative to the scale at which everything fits. */
const zoomRange = { out: 0.4, in: 600 };

/** Smallest box around all coordinates (2 per picture); a unit box when there are none. */
export function boundsOf(coordinates: Float32Array): Bounds {
  let minX = Infinity;
  let minY = Infinity;
  let maxX = -Infinity;
  let maxY = -Infinity;
  for (let i = 0; i + 1 < coordinates.length; i += 2) {
    const x = coordinates[i] ?? 0;
    const y = coordinates[i + 1] ?? 0;
    minX = Math.min(minX, x);
    maxX = Math.max(maxX, x);
    minY = Math.min(minY, y);
    maxY = Math.max(maxY, y);
  }
  return minX > maxX ? { minX: -1, minY: -1, maxX: 1, maxY: 1 } : { minX, minY, maxX, maxY };
}

/** The smallest box around both. */
export function unionOf(one: Bounds, other: Bounds): Bounds {
  return {
    minX: Math.min(one.minX, other.minX),
    minY: Math.min(one.minY, other.minY),
    maxX: Math.max(one.maxX, other.maxX),
    maxY: Math.max(one.maxY, other.maxY),
  };
}

/** The camera that shows `bounds` whole, with `padding` CSS pixels free on every side. */
export function fitCamera(bounds: Bounds, viewport: Viewport, padding: number): Camera {
  const width = Math.max(bounds.maxX - bounds.minX, 1e-6);
  const height = Math.max(bounds.maxY - bounds.minY, 1e-6);
  const free = (size: number): number => Math.max(size - 2 * padding, size / 4, 1);
  return {
    x: (bounds.minX + bounds.maxX) / 2,
    y: (bounds.minY + bounds.maxY) / 2,
    scale: Math.min(free(viewport.width) / width, free(viewport.height) / height),
  };
}

/** Data to CSS pixels from the viewport's top left corner. */
export function toScreen(camera: Camera, viewport: Viewport, point: Position): Position {
  return {
    x: viewport.width / 2 + (point.x - camera.x) * camera.scale,
    y: viewport.height / 2 - (point.y - camera.y) * camera.scale,
  };
}

/** CSS pixels from the viewport's top left corner to data. */
export function toData(camera: Camera, viewport: Viewport, point: Position): Position {
  return {
    x: camera.x + (point.x - viewport.width / 2) / camera.scale,
    y: camera.y - (point.y - viewport.height / 2) / camera.scale,
  };
}

/** Moves the picture by CSS pixels, as a hand on paper does. */
export function panBy(camera: Camera, deltaX: number, deltaY: number): Camera {
  return {
    ...camera,
    x: camera.x - deltaX / camera.scale,
    y: camera.y + deltaY / camera.scale,
  };
}

/** Zooms so that what lies under `at` (CSS pixels) stays there; `fitScale` bounds the zoom. */
export function zoomAbout(
  camera: Camera,
  viewport: Viewport,
  at: Position,
  factor: number,
  fitScale: number,
): Camera {
  const wanted = camera.scale * factor;
  const scale = Math.min(Math.max(wanted, fitScale * zoomRange.out), fitScale * zoomRange.in);
  const fixed = toData(camera, viewport, at);
  return {
    x: fixed.x - (at.x - viewport.width / 2) / scale,
    y: fixed.y + (at.y - viewport.height / 2) / scale,
    scale,
  };
}

/** The box of data in the viewport, `margin` CSS pixels wider on every side. */
export function visibleBounds(camera: Camera, viewport: Viewport, margin: number): Bounds {
  const halfWidth = (viewport.width / 2 + margin) / camera.scale;
  const halfHeight = (viewport.height / 2 + margin) / camera.scale;
  return {
    minX: camera.x - halfWidth,
    maxX: camera.x + halfWidth,
    minY: camera.y - halfHeight,
    maxY: camera.y + halfHeight,
  };
}

/**
 * A step of `fraction` (0..1) from one camera to another. The scale moves geometrically and the
 * centre with it, so that the point that both cameras show at the same position stays still.
 */
export function approach(from: Camera, to: Camera, fraction: number): Camera {
  const scale = from.scale * (to.scale / from.scale) ** fraction;
  const isZoom = Math.abs(to.scale / from.scale - 1) > 1e-4;
  const share = isZoom ? (1 / from.scale - 1 / scale) / (1 / from.scale - 1 / to.scale) : fraction;
  return {
    x: from.x + (to.x - from.x) * share,
    y: from.y + (to.y - from.y) * share,
    scale,
  };
}

/** Whether two cameras differ by less than a tenth of a pixel. */
export function isSameCamera(a: Camera, b: Camera): boolean {
  const moved = Math.hypot(a.x - b.x, a.y - b.y) * b.scale;
  return moved < 0.1 && Math.abs(a.scale / b.scale - 1) < 5e-4;
}
