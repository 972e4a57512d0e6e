import { binNames, type BinName } from '../../src-main/contract/bins.ts';
import {
  pictureNumberNames,
  type PictureNumberName,
} from '../../src-main/contract/picture-numbers.ts';
import type { EdgeKind, MapEdge, MapTool, PointColours } from '../map/map-props.ts';
import { emphasisLevel } from '../map/map-props.ts';
import type { AppState } from './app-state.svelte.ts';
import { FilteredRows } from './filtered-rows.ts';
import { judgedKinds, type JudgedKind } from './judged-kinds.ts';
import { numberColours, numberStep } from './number-colours.ts';
import type { NumberColumn } from './picture-numbers.svelte.ts';
import type { ShownNegatives } from './shown-negatives.ts';
import { rowFilters } from './row-filters.ts';
import { labelColours } from './label-colours.ts';

export type Colouring = 'bin' | 'label' | 'verdict' | PictureNumberName;

const edgesPerKind: Readonly<Record<EdgeKind, number>> = { hard: 10, false: 14, ring: 16 };
const noBin = 255;

/** How the map is drawn at the moment: colours, what is dimmed, and the anchor's edges. */
export class MapLook {
  /** What the user asked for; what the library or the run has not (bins without an anchor) shows labels. */
  wish = $state<Colouring>('bin');
  tool = $state<MapTool>('pan');
  hasContours = $state(false);
  readonly #app: AppState;

  readonly colouring: Colouring = $derived.by(() =>
    this.#canShow(this.wish) ? this.wish : 'label',
  );
  /** The number that colours the map, if one does. */
  readonly number: NumberColumn | null = $derived.by(() => {
    const name = pictureNumberNames.find((one) => one === this.colouring);
    return name === undefined ? null : this.#app.numbers.column(name);
  });
  readonly numberPalette = $derived.by(() => numberColours(this.#app.theme.shown));
  readonly labelPalette = $derived.by(() =>
    labelColours(this.#app.library.pictures.columns.labels.length, this.#app.theme.shown),
  );
  /** The bin of every picture of the library, by row; 255 is none. */
  readonly #bins = $derived.by(() => this.#binByRow());
  readonly #filters = $derived.by(() => rowFilters(this.#app, this.#bins));
  readonly filtered = $derived.by(
    () => new FilteredRows(this.#app.library.pictures.count, this.#filters),
  );
  /** Which rows the filters keep; null keeps all. */
  readonly matches = $derived.by(() => (this.#filters.length === 0 ? null : this.filtered.kept));
  readonly colours: PointColours = $derived.by(() => ({
    categories: this.#byPoint(this.#categoryOf()),
    palette: this.#palette(),
  }));
  readonly emphasis = $derived.by(() => this.#byPoint(this.#emphasisOf()));
  readonly edges: readonly MapEdge[] = $derived.by(() => {
    const shown = this.#app.shownNegatives;
    return shown && this.#app.anchor.id !== null ? strongestEdges(shown) : [];
  });

  constructor(app: AppState) {
    this.#app = app;
  }

  /** The bin of a row's picture for the anchor; null without one. */
  binAt(row: number): BinName | null {
    return binNames[this.#bins[row] ?? noBin] ?? null;
  }

  colourOfVerdict(kind: JudgedKind): string {
    const { colours } = this.#app.theme;
    return {
      none: colours.easy,
      same: colours.false,
      different: colours.text,
      unsure: colours.dim,
    }[kind];
  }

  #canShow(colouring: Colouring): boolean {
    if (colouring === 'bin') return this.#app.shownNegatives !== null;
    if (colouring === 'label' || colouring === 'verdict') return true;
    return this.#app.numbers.column(colouring) !== null;
  }

  #palette(): readonly string[] {
    const { colours } = this.#app.theme;
    if (this.number) return [colours.line, ...this.numberPalette];
    if (this.colouring === 'verdict') return judgedKinds.map((kind) => this.colourOfVerdict(kind));
    if (this.colouring === 'label') return [colours.easy, ...this.labelPalette];
    return [colours.easy, ...binNames.map((name) => colours[name]), colours.anchor];
  }

  // What rows share is read before the rows are gone through: a reactive read costs at 50,000.
  #categoryOf(): (row: number) => number {
    if (this.number) {
      const { values, low, high } = this.number;
      return (row) => 1 + (numberStep(values[row] ?? NaN, low, high) ?? -1);
    }
    if (this.colouring === 'verdict') {
      const kindOf = this.#judgedKindOf();
      return (row) => judgedKinds.indexOf(kindOf(row));
    }
    if (this.colouring === 'label') {
      const { labelIndex } = this.#app.library.pictures.columns;
      return (row) => {
        const label = labelIndex[row] ?? -1;
        return label < 0 ? 0 : 1 + (label % 254);
      };
    }
    const bins = this.#bins;
    return (row) => {
      const bin = bins[row] ?? noBin;
      return bin === noBin ? 1 + binNames.length : bin + 1;
    };
  }

  #emphasisOf(): (row: number, id: number) => number {
    const { matches } = this;
    const { selection } = this.#app.focus;
    const emphasisOf = this.#emphasisByColour();
    return (row, id) => {
      const isOut = matches?.[row] === 0 || (selection.size > 0 && !selection.has(id));
      return isOut ? emphasisLevel.dim : emphasisOf(row);
    };
  }

  #emphasisByColour(): (row: number) => number {
    if (this.colouring === 'verdict') {
      const kindOf = this.#judgedKindOf();
      return (row) => (kindOf(row) === 'none' ? emphasisLevel.normal : emphasisLevel.strong);
    }
    if (this.colouring !== 'bin') return () => emphasisLevel.normal;
    const bins = this.#bins;
    const easy = this.#app.focus.bins.has('easy') ? emphasisLevel.normal : emphasisLevel.dim;
    // The ring may hold half the library: large dots would bury the few that matter most.
    const levels = { hard: 'strong', false: 'strong', ring: 'normal' } as const;
    const byBin = binNames.map((name) => (name === 'easy' ? easy : emphasisLevel[levels[name]]));
    return (row) => byBin[bins[row] ?? noBin] ?? emphasisLevel.strong;
  }

  #byPoint(valueOf: (row: number, id: number) => number): Uint8Array {
    const ids = this.#app.runs.shown?.ids ?? new Uint32Array();
    const { pictures } = this.#app.library;
    const values = new Uint8Array(ids.length);
    // Uint8Array.from asks an iterator for each of 50,000 points, which takes several times as long.
    for (let point = 0; point < values.length; point++) {
      const id = ids[point] ?? -1;
      values[point] = valueOf(pictures.rowOf(id), id);
    }
    return values;
  }

  #binByRow(): Uint8Array {
    const { pictures } = this.#app.library;
    const bins = new Uint8Array(pictures.count).fill(noBin);
    const shown = this.#app.shownNegatives;
    if (!shown) return bins;
    for (let index = 0; index < shown.ids.length; index++) {
      bins[pictures.rowOf(shown.ids[index] ?? -1)] = shown.bin[index] ?? noBin;
    }
    return bins;
  }

  #judgedKindOf(): (row: number) => JudgedKind {
    const { pictures } = this.#app.library;
    const { kindByHash } = this.#app.judged;
    return (row) => kindByHash.get(pictures.hashAt(row)) ?? 'none';
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
