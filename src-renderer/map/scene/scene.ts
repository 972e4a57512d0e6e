import { parseColour, type Rgba } from './colours.ts';
import type { Frame } from './frame.ts';
import { emphasisLevel, type MapEdge, type MapTheme, type PointColours } from './map-props.ts';
import type { PlacedPoints } from './placed-points.ts';
import type { Sprite } from './sprite.ts';
import type { ThumbnailAtlas } from './thumbnail-atlas.ts';

/** Bytes per point in `marks`: category, emphasis, 1 if selected, 1 if a diamond. */
export const markSize = 4;
/** Floats per edge: target x, y, previous x, y, red, green, blue, strength. */
export const edgeSize = 8;

/** All that a surface draws. Parts are replaced, never changed, so a new reference means news. */
export interface Scene {
  readonly points: PlacedPoints;
  readonly marks: Uint8Array;
  /** Indices of points in drawing order: dimmed first, strong and selected last. */
  readonly order: Uint32Array;
  /** Where in `order` the strong and selected points start; edges run below those. */
  readonly strongFrom: number;
  readonly palette: readonly string[];
  readonly edges: Float32Array;
  /** Lines of equal density (see `densityContours`); empty for none. */
  readonly contours: Float32Array;
  /** Index of the anchor's point, -1 for none. */
  readonly anchorIndex: number;
  readonly text: Rgba;
  readonly page: Rgba;
}

/** The points that lie under the edges, and the strong and selected ones above them. */
export type PointPart = 'below' | 'above';

/** Draws one part of a scene's points with WebGL2. */
export interface PointDrawing {
  draw(scene: Scene, frame: Frame, part: PointPart): void;
}

/** Draws scenes on a canvas, by WebGL2 or without. */
export interface Surface {
  /** Whether the processor does a graphics card's work, so that a frame takes tens of milliseconds. */
  readonly isByProcessor: boolean;
  draw(scene: Scene, frame: Frame, sprites: readonly Sprite[], atlas: ThumbnailAtlas): void;
  dispose(): void;
}

/**
 * The most selected points that are outlined. The outlines of more lie on each other, so that nothing
 * else is seen: a large selection stands out because the other points are dimmed.
 */
const mostOutlined = 2000;

/**
 * Packs what is known of each point; missing columns mean category 0, normal, not selected. Of a
 * selection that is too large to be outlined no point is marked.
 */
export function marksOf(
  ids: Uint32Array,
  colours: PointColours | null,
  emphasis: Uint8Array | undefined,
  selection: ReadonlySet<number>,
): Uint8Array {
  const marks = new Uint8Array(ids.length * markSize);
  const { categories, diamond } = colours ?? { categories: new Uint8Array(), diamond: undefined };
  const outlined = outlinedOf(selection);
  for (let index = 0; index < ids.length; index += 1) {
    const category = categories[index] ?? 0;
    const start = index * markSize;
    marks[start] = category;
    marks[start + 1] = emphasis?.[index] ?? emphasisLevel.normal;
    marks[start + 2] = outlined?.has(ids[index] ?? -1) ? 1 : 0;
    marks[start + 3] = category === diamond ? 1 : 0;
  }
  return marks;
}

/** The selected points that are outlined; null for none, which is not to be asked for each point. */
function outlinedOf(selection: ReadonlySet<number>): ReadonlySet<number> | null {
  return selection.size > 0 && selection.size <= mostOutlined ? selection : null;
}

/** Later is drawn over earlier: 0..2 by emphasis, 3 for selected points. */
export function layerOf(marks: Uint8Array, index: number): number {
  return marks[index * markSize + 2] === 1 ? 3 : (marks[index * markSize + 1] ?? 0);
}

/** Indices of all points, layer by layer, in stable order. */
export function drawOrder(marks: Uint8Array): Pick<Scene, 'order' | 'strongFrom'> {
  const count = marks.length / markSize;
  const starts = [0, 0, 0, 0, 0];
  for (let index = 0; index < count; index += 1) {
    const next = layerOf(marks, index) + 1;
    starts[next] = (starts[next] ?? 0) + 1;
  }
  for (let layer = 1; layer < starts.length; layer += 1) {
    starts[layer] = (starts[layer] ?? 0) + (starts[layer - 1] ?? 0);
  }
  const order = new Uint32Array(count);
  const strongFrom = starts[2] ?? 0;
  for (let index = 0; index < count; index += 1) {
    const layer = layerOf(marks, index);
    const slot = starts[layer] ?? 0;
    order[slot] = index;
    starts[layer] = slot + 1;
  }
  return { order, strongFrom };
}

/** Edges as floats, weakest first; those to pictures that are not on the map are left out. */
export function edgeInstances(
  edges: readonly MapEdge[],
  points: PlacedPoints,
  theme: MapTheme,
): Float32Array {
  const drawn = edges
    .filter((edge) => points.indexById.has(edge.id))
    .toSorted((a, b) => a.strength - b.strength);
  const instances = new Float32Array(drawn.length * edgeSize);
  drawn.forEach((edge, position) => {
    const index = points.indexById.get(edge.id) ?? 0;
    const [red, green, blue] = parseColour(theme[edge.kind]);
    const strength = Math.min(Math.max(edge.strength, 0), 1);
    instances.set(points.positions.subarray(index * 4, index * 4 + 4), position * edgeSize);
    instances.set([red, green, blue, strength], position * edgeSize + 4);
  });
  return instances;
}
