/** A map laid over another one, and how much does not fit. */
export interface AlignedMap {
  /** x and y of each point in the other map's frame. */
  readonly coordinates: Float32Array;
  /** Share of the other map's spread that is left over, 0 (fits exactly) to 1. */
  readonly residual: number;
}

/**
 * Turns, mirrors, scales and shifts `moving` so that its points lie closest to those of `fixed` in
 * least squares: ordinary Procrustes (Gower 1975), residual 1 - (σ₁ + σ₂)² / (‖A‖² ‖B‖²) with the
 * singular values of Aᵀ B of the centred maps. Both hold x and y of the same points.
 */
export function alignMaps(fixed: Float32Array, moving: Float32Array): AlignedMap {
  const a = centred(fixed);
  const b = centred(moving);
  let dot = 0;
  let cross = 0;
  let mirroredDot = 0;
  let mirroredCross = 0;
  for (let place = 0; place < a.points.length; place += 2) {
    const [ax, ay] = [a.points[place] as number, a.points[place + 1] as number];
    const [bx, by] = [b.points[place] as number, b.points[place + 1] as number];
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
  for (let place = 0; place < moving.length; place += 2) {
    const x = b.points[place] as number;
    const y = (isMirrored ? -1 : 1) * (b.points[place + 1] as number);
    coordinates[place] = a.x + cosine * x - sine * y;
    coordinates[place + 1] = a.y + sine * x + cosine * y;
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
  for (let place = 0; place < coordinates.length; place += 2) {
    x += (coordinates[place] as number) / count;
    y += (coordinates[place + 1] as number) / count;
  }
  const points = Float64Array.from(coordinates, (value, place) => value - (place % 2 ? y : x));
  return { x, y, points, spread: points.reduce((total, value) => total + value * value, 0) };
}
