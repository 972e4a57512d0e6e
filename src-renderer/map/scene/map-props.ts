import type { Snippet } from 'svelte';
import type { Bounds, Camera } from './camera.ts';

/** The map's pictures: `ids[i]` lies at (`coordinates[2i]`, `coordinates[2i + 1]`), y upwards. */
export interface PointSet {
  readonly ids: Uint32Array;
  readonly coordinates: Float32Array;
  /** What is shown when everything fits; left out, the box around the pictures. */
  readonly bounds?: Bounds | undefined;
}

/**
 * One category per point, in the order of the points, and the CSS colour of each category. Colours
 * are resolved ones (hex, rgb(), hsl() …): a `var(--token)` cannot reach the graphics card.
 */
export interface PointColours {
  readonly categories: Uint8Array;
  readonly palette: readonly string[];
  /** The category whose dots are diamonds; left out, all are round. */
  readonly diamond?: number;
}

/** Values of `emphasis`: dimmed points fade to grey, strong ones are larger and drawn last. */
export const emphasisLevel = { dim: 0, normal: 1, strong: 2 } as const;

export type EdgeKind = 'hard' | 'false' | 'suspected' | 'ring';

/** A curve from the anchor to the picture `id`; `strength` in 0..1 sets its opacity. */
export interface MapEdge {
  readonly id: number;
  readonly kind: EdgeKind;
  readonly strength: number;
}

/** What draws the dots: `any` takes the graphics card where there is one. */
export type DotsBy = 'any' | 'graphics' | 'processor';

export type MapTool = 'pan' | 'lasso' | 'rectangle';

/** A lasso replaces the selection, adds to it with Shift, removes from it with Alt. */
export type SelectionMode = 'replace' | 'add' | 'remove';

/** Resolved CSS colours of the current theme. */
export interface MapTheme {
  readonly page: string;
  readonly line: string;
  readonly text: string;
  readonly anchor: string;
  readonly hard: string;
  readonly false: string;
  readonly suspected: string;
  readonly ring: string;
  readonly film: string;
  /** The glow (dark) or shadow (light) around the anchor's film; its alpha counts. */
  readonly filmGlow: string;
}

/** What `MapCanvas.svelte` exports besides its properties (`bind:this`). */
export interface MapHandle {
  /** Shows every point. */
  fit(): void;
  /** Zooms about the middle of the viewport; 2 doubles the size. */
  zoomBy(factor: number): void;
  /**
   * Brings a picture to the middle of the viewport; does nothing for an id that is not on the map.
   */
  centreOn(id: number): void;
}

/** Properties of `MapCanvas.svelte`. Pictures are named by id everywhere, never by index. */
export interface MapProps {
  readonly points: PointSet;
  readonly colours: PointColours;
  /** One level per point (see `emphasisLevel`); left out, every point is normal. */
  readonly emphasis?: Uint8Array | undefined;
  readonly anchor?: number | null | undefined;
  readonly edges?: readonly MapEdge[] | undefined;
  /** Whether lines of equal density are drawn. */
  readonly hasContours?: boolean | undefined;
  /**
   * The picture to light up, wherever the pointer is; set it from `onhover` to link several maps.
   */
  readonly hoveredId?: number | null | undefined;
  readonly selection?: ReadonlySet<number> | undefined;
  readonly tool?: MapTool | undefined;
  readonly theme: MapTheme;
  readonly reducedMotion?: boolean | undefined;
  /** Read once, when the map opens. */
  readonly dotsBy?: DotsBy | undefined;
  /** What the map shows; set it from another map's `oncamera` to move both. */
  readonly camera?: Camera | null | undefined;
  readonly oncamera?: ((camera: Camera) => void) | undefined;
  /** Address of a small picture (about 128 pixels) of the same origin. */
  readonly thumbnailUrl: (id: number) => string;
  /** Words for screen readers: "shirt, red-4.png". */
  readonly describe?: ((id: number) => string) | undefined;
  readonly onhover?: ((id: number | null) => void) | undefined;
  readonly onanchor?: ((id: number) => void) | undefined;
  readonly onselect?: ((ids: Uint32Array, mode: SelectionMode) => void) | undefined;
  /** Drawn beside the picture under the pointer or the keyboard focus. */
  readonly card?: Snippet<[number]> | undefined;
}
