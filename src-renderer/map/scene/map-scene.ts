import { parseColour } from './colours.ts';
import type { MapEdge, MapTheme, PointColours } from './map-props.ts';
import { densityContours } from './density-contours.ts';
import { noPoints, type PlacedPoints } from './placed-points.ts';
import { drawOrder, edgeInstances, marksOf, type Scene } from './scene.ts';

const noContours = new Float32Array();

/** The map's properties, column by column; the columns may arrive in any order. */
export interface MapContent {
  readonly points: PlacedPoints;
  readonly colours: PointColours;
  readonly emphasis: Uint8Array | undefined;
  readonly selection: ReadonlySet<number>;
  readonly anchor: number | null;
  readonly edges: readonly MapEdge[];
  readonly hasContours: boolean;
  readonly theme: MapTheme;
}

/** Updates the scene, rebuilding only the parts whose content has changed. */
export class MapScene {
  #content: MapContent;
  #built: MapContent;
  #scene: Scene | null = null;

  constructor(theme: MapTheme) {
    this.#content = {
      points: noPoints,
      colours: { categories: new Uint8Array(), palette: [] },
      emphasis: undefined,
      selection: new Set(),
      anchor: null,
      edges: [],
      hasContours: false,
      theme,
    };
    this.#built = this.#content;
  }

  get content(): MapContent {
    return this.#content;
  }

  update(change: Partial<MapContent>): void {
    this.#content = { ...this.#content, ...change };
  }

  /** The scene of the present content. */
  get scene(): Scene {
    const before = this.#scene;
    if (before && this.#built === this.#content) return before;
    const { points, colours, anchor, theme } = this.#content;
    this.#scene = {
      points,
      ...this.#marks(before),
      palette: colours.palette,
      edges: this.#edges(before),
      contours: this.#contours(before),
      anchorIndex: anchor === null ? -1 : (points.indexById.get(anchor) ?? -1),
      text: parseColour(theme.text),
      page: parseColour(theme.page),
    };
    this.#built = this.#content;
    return this.#scene;
  }

  #isUnchanged(...columns: (keyof MapContent)[]): boolean {
    return columns.every((column) => this.#built[column] === this.#content[column]);
  }

  #marks(before: Scene | null): Pick<Scene, 'marks' | 'order' | 'strongFrom'> {
    if (before && this.#isUnchanged('points', 'colours', 'emphasis', 'selection')) {
      return { marks: before.marks, order: before.order, strongFrom: before.strongFrom };
    }
    const { points, colours, emphasis, selection } = this.#content;
    const marks = marksOf(points.ids, colours, emphasis, selection);
    return { marks, ...drawOrder(marks) };
  }

  #contours(before: Scene | null): Float32Array {
    if (before && this.#isUnchanged('points', 'hasContours')) return before.contours;
    const { points, hasContours } = this.#content;
    return hasContours ? densityContours(points.coordinates) : noContours;
  }

  #edges(before: Scene | null): Float32Array {
    if (before && this.#isUnchanged('points', 'edges', 'theme')) return before.edges;
    const { edges, points, theme } = this.#content;
    return edgeInstances(edges, points, theme);
  }
}
