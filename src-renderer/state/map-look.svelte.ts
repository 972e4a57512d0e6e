import { binNames } from '../../src-main/contract/bins.ts';
import type { EdgeKind, MapEdge, MapTool, PointColours } from '../map/map-props.ts';
import { emphasisLevel } from '../map/map-props.ts';
import type { AppState } from './app-state.svelte.ts';
import type { ShownNegatives } from './shown-negatives.ts';
import { labelColours } from './label-colours.ts';

export type Colouring = 'bin' | 'label';

const edgesPerKind: Readonly<Record<EdgeKind, number>> = { hard: 10, false: 14, ring: 16 };
const noBin = 255;

/** How the map is drawn at the moment: colours, what is dimmed, and the anchor's edges. */
export class MapLook {
  /** What the user asked for; without an anchor there are no bins, and labels show instead. */
  wish = $state<Colouring>('bin');
  tool = $state<MapTool>('pan');
  readonly #app: AppState;

  readonly colouring: Colouring = $derived.by(() =>
    this.wish === 'bin' && this.#app.shownNegatives ? 'bin' : 'label',
  );
  readonly labelPalette = $derived.by(() =>
    labelColours(this.#app.library.pictures.columns.labels.length, this.#app.theme.shown),
  );
  /** The bin of every picture of the library, by row; 255 is none. */
  readonly #bins = $derived.by(() => this.#binByRow());
  /** Which rows the filters keep; null keeps all. */
  readonly matches = $derived.by(() => this.#filteredRows());
  readonly colours: PointColours = $derived.by(() => ({
    categories: this.#byPoint((row) => this.#category(row)),
    palette: this.#palette(),
  }));
  readonly emphasis = $derived.by(() => this.#byPoint((row, id) => this.#emphasisOf(row, id)));
  readonly edges: readonly MapEdge[] = $derived.by(() => {
    const shown = this.#app.shownNegatives;
    return shown && this.#app.anchor.id !== null ? strongestEdges(shown) : [];
  });

  constructor(app: AppState) {
    this.#app = app;
  }

  #palette(): readonly string[] {
    const { colours } = this.#app.theme;
    if (this.colouring === 'label') return [colours.easy, ...this.labelPalette];
    return [colours.easy, ...binNames.map((name) => colours[name]), colours.anchor];
  }

  #category(row: number): number {
    if (this.colouring === 'label') {
      const label = this.#app.library.pictures.columns.labelIndex[row] ?? -1;
      return label < 0 ? 0 : 1 + (label % 254);
    }
    const bin = this.#bins[row] ?? noBin;
    return bin === noBin ? 1 + binNames.length : bin + 1;
  }

  #emphasisOf(row: number, id: number): number {
    const { focus } = this.#app;
    if (this.matches && this.matches[row] === 0) return emphasisLevel.dim;
    if (focus.selection.size > 0 && !focus.selection.has(id)) return emphasisLevel.dim;
    if (this.colouring === 'label') return emphasisLevel.normal;
    const bin = binNames[this.#bins[row] ?? noBin];
    if (bin === 'easy') return emphasisLevel.dim;
    // The ring may hold half the library: large dots would bury the few that matter most.
    return bin === 'ring' ? emphasisLevel.normal : emphasisLevel.strong;
  }

  #byPoint(valueOf: (row: number, id: number) => number): Uint8Array {
    const ids = this.#app.runs.map?.ids ?? new Uint32Array();
    const { pictures } = this.#app.library;
    return Uint8Array.from(ids, (id) => valueOf(pictures.rowOf(id), id));
  }

  #binByRow(): Uint8Array {
    const { pictures } = this.#app.library;
    const bins = new Uint8Array(pictures.count).fill(noBin);
    const shown = this.#app.shownNegatives;
    shown?.ids.forEach((id, index) => {
      bins[pictures.rowOf(id)] = shown.bin[index] ?? noBin;
    });
    return bins;
  }

  #filteredRows(): Uint8Array | null {
    const { focus, library } = this.#app;
    if (!focus.isFiltering) return null;
    const kept = new Uint8Array(library.pictures.count);
    for (const row of library.pictures.search(focus.query)) {
      const label = library.pictures.labelAt(row) ?? '';
      if (focus.labels.size === 0 || focus.labels.has(label)) kept[row] = 1;
    }
    return kept;
  }
}

function strongestEdges(shown: ShownNegatives): MapEdge[] {
  const left = { ...edgesPerKind };
  const strongest = shown.share.reduce((max, share) => Math.max(max, Math.abs(share)), 1e-12);
  const edges: MapEdge[] = [];
  shown.ids.forEach((id, index) => {
    const kind = binNames[shown.bin[index] ?? noBin];
    if (kind === undefined || kind === 'easy' || left[kind] === 0) return;
    left[kind] -= 1;
    const share = Math.abs(shown.share[index] ?? 0) / strongest;
    edges.push({ id, kind, strength: 0.25 + 0.75 * Math.sqrt(share) });
  });
  return edges;
}
