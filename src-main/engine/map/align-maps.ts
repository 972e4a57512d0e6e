/** A map laid over another one, and the residual. */
export interface AlignedMap {
  /** x and y of each point in the other map's units, [count, 2]. */
  readonly coordinates: Float32Array;
  /** The part of the other map's spread that does not fit, 0 (fits exactly) to 1. */
  readonly residual: number;
}

/**
 * Rotates, mirrors, scales and shifts `moving` so that its points are closest to those of `fixed` in
 * least squares: ordinary Procrustes (Gower 1975). The residual is 1 - (σ₁ + σ₂)² / (‖A‖² ‖B‖²) with
 * the singular values of Aᵀ B of the centred maps. Both are x and y of the same points, [count, 2].
 */
export function alignMaps(fixed: Float32Array, moving: Float32Array): AlignedMap {
  const a = centred(fixed);
  const b = centred(moving);
  let dot = 0;
  let cross = 0;
  let mirroredDot = 0;
  let mirroredCross = 0;
  for (let index = 0; index < a.points.length; index += 2) {
    const [ax, ay] = [a.points[index] as number, a.points[index + 1] as number];
    const [bx, by] = [b.points[index] as number, b.points[index + 1] as number];
    dot += ax * bx + ay * by;
    cross += ay * bx - ax * by;
    mirroredDot += ax * bx - ay * by;
    mirroredCross += ay * bx + ax * by;
  }
  const isMirrored = Math.hypot(mirroredDot, mirroredCross) > Math.hypot(dot, cross);
  const [along, across] = isMirrored ? [mirroredDot, mirroredCross] : [dot, cross];
  const fit = Math.hypot(along, across);
  const possible = a.spread * b.spread;
  const cosine = b.spread === 0 ? 0 : along / b.spread;
  const sine = b.spread === 0 ? 0 : across / b.spread;
  const coordinates = new Float32Array(moving.length);
  for (let index = 0; index < moving.length; index += 2) {
    const x = b.points[index] as number;
    const y = (isMirrored ? -1 : 1) * (b.points[index + 1] as number);
    coordinates[index] = a.x + cosine * x - sine * y;
    coordinates[index + 1] = a.y + sine * x + cosine * y;
  }
  const collapsed = a.spread === 0 ? 0 : 1;
  return {
    coordinates,
    residual: possible === 0 ? collapsed : Math.max(0, 1 - fit ** 2 / possible),
  };
}

function centred(coordinates: Float32Array) {
  const count = coordinates.length / 2;
  let x = 0;
  let y = 0;
  for (let index = 0; index < coordinates.length; index += 2) {
    x += (coordinates[index] as number) / count;
    y += (coordinates[index + 1] as number) / count;
  }
  const points = Float64Array.from(coordinates, (value, index) => value - (index % 2 ? y : x));
  return { x, y, points, spread: points.reduce((total, value) => total + value * value, 0) };
}
