import type {
  MapEdge,
  MapTheme,
  MapTool,
  PointColours,
  PointSet,
  SelectionMode,
} from '../../../../src-renderer/map/scene/map-props.ts';

/** What a test shows on the page; the page stands in for the app around the map. */
export interface PageContent {
  points: PointSet;
  colours: PointColours;
  emphasis: Uint8Array | undefined;
  anchor: number | null;
  edges: readonly MapEdge[];
  selection: readonly number[];
  tool: MapTool;
  theme: MapTheme;
  reducedMotion: boolean;
  hasThumbnails: boolean;
  hasContours: boolean;
}

/** What the map told the page. */
export interface PageEvents {
  hovered: (number | null)[];
  anchors: number[];
  selections: { ids: number[]; mode: SelectionMode }[];
}

/** The page's handle for tests, on `globalThis.mapPage`. */
export interface MapPage {
  /** Hands over the events since the last call. */
  takeEvents(): PageEvents;
  show(change: Partial<PageContent>): void;
  hover(id: number | null): void;
  fit(): void;
  zoomBy(factor: number): void;
  centreOn(id: number): void;
}
