import { binIndex, binNames, type BinName } from '../../../src-main/contract/bins.ts';
import {
  pictureNumberNames,
  type PictureNumberName,
} from '../../../src-main/contract/picture-numbers.ts';
import type { EdgeKind, MapEdge, MapTool, PointColours } from '../../map/scene/map-props.ts';
import { emphasisLevel } from '../../map/scene/map-props.ts';
import { FilteredRows } from '../filters/filtered-rows.ts';
import { judgedKinds, type JudgedKind } from '../verdicts/judged-kinds.ts';
import { numberColours, numberStep } from './number-colours.ts';
import type { NumberColumn } from '../library/picture-numbers.svelte.ts';
import type { AnchorState } from '../anchor/anchor.svelte.ts';
import type { ShownNegatives } from '../anchor/shown-negatives.ts';
import { rowFilters, type FilterSources } from '../filters/row-filters.ts';
import type { Runs } from '../runs/runs.svelte.ts';
import type { JudgedPictures } from '../verdicts/judged-pictures.svelte.ts';
import type { Theme } from '../window/theme.svelte.ts';
import { labelColours } from './label-colours.ts';

/** What the map's look is read from; all of it is reactive. */
interface MapLookSources extends FilterSources {
  readonly anchor: Pick<AnchorState, 'id'>;
  readonly runs: Pick<Runs, 'shown'>;
  readonly theme: Pick<Theme, 'shown' | 'colours'>;
  readonly judged: Pick<JudgedPictures, 'kindOf' | 'kindByHash'>;
}

export type Colouring = 'bin' | 'label' | 'split' | 'verdict' | PictureNumberName;

const edgesPerKind: Readonly<Record<EdgeKind, number>> = {
  hard: 10,
  false: 14,
  suspected: 10,
  ring: 16,
};
const noBin = 255;

/** How the map is drawn at the moment: colours, what is dimmed, and the anchor's edges. */
export class MapLook {
  /**
   * The colouring that the user chose; where it cannot be shown (bins without an anchor) labels
   * are.
   */
  wish = $state<Colouring>('bin');
  tool = $state<MapTool>('pan');
  hasContours = $state(false);
  readonly #sources: MapLookSources;

  readonly colouring: Colouring = $derived.by(() =>
    this.#canShow(this.wish) ? this.wish : 'label',
  );
  /** The number that colours the map, if one does. */
  readonly number: NumberColumn | null = $derived.by(() => {
    const name = pictureNumberNames.find((one) => one === this.colouring);
    return name === undefined ? null : this.#sources.numbers.column(name);
  });
  readonly numberPalette = $derived.by(() => numberColours(this.#sources.theme.shown));
  readonly labelPalette = $derived.by(() =>
    labelColours(this.#sources.library.pictures.columns.labels.length, this.#sources.theme.shown),
  );
  readonly splitPalette = $derived.by(() =>
    labelColours(this.#sources.library.pictures.columns.splits.length, this.#sources.theme.shown),
  );
  /** The row of every point's picture: it does not change while an anchor's knobs do. */
  readonly #rowByPoint = $derived.by(() => {
    const ids = this.#sources.runs.shown?.ids ?? new Uint32Array();
    const { pictures } = this.#sources.library;
    return Int32Array.from(ids, (id) => pictures.rowOf(id));
  });
  /** The bin of every picture of the library, by row; 255 is none. */
  readonly #bins = $derived.by(() => this.#binByRow());
  readonly #filters = $derived.by(() => rowFilters(this.#sources, this.#bins));
  readonly filtered = $derived.by(
    () => new FilteredRows(this.#sources.library.pictures.count, this.#filters),
  );
  /** Which rows pass the filters, 1 by row; null where no filter is set. */
  readonly matches = $derived.by(() =>
    this.#filters.length === 0 ? null : this.filtered.matching,
  );
  /** How many pictures pass the filters; null where no filter is set. */
  readonly passing: number | null = $derived.by(
    () => this.matches?.reduce((sum, passes) => sum + passes, 0) ?? null,
  );
  readonly colours: PointColours = $derived.by(() => ({
    categories: this.#byPoint(this.#categoryOf()),
    palette: this.#palette(),
    ...(this.colouring === 'bin' && { diamond: 1 + binIndex.suspected }),
  }));
  readonly emphasis = $derived.by(() => this.#byPoint(this.#emphasisOf()));
  readonly edges: readonly MapEdge[] = $derived.by(() => {
    const shown = this.#sources.shownNegatives;
    return shown && this.#sources.anchor.id !== null ? strongestEdges(shown) : [];
  });

  constructor(sources: MapLookSources) {
    this.#sources = sources;
  }

  /** The bin of a row's picture for the anchor; null without one. */
  binAt(row: number): BinName | null {
    return binNames[this.#bins[row] ?? noBin] ?? null;
  }

  colourOfVerdict(kind: JudgedKind): string {
    const { colours } = this.#sources.theme;
    return {
      none: colours.easy,
      same: colours.false,
      different: colours.text,
      unsure: colours.dim,
    }[kind];
  }

  #canShow(colouring: Colouring): boolean {
    if (colouring === 'bin') return this.#sources.shownNegatives !== null;
    if (colouring === 'split') return this.#sources.library.pictures.columns.splits.length > 0;
    if (colouring === 'label' || colouring === 'verdict') return true;
    return this.#sources.numbers.column(colouring) !== null;
  }

  #palette(): readonly string[] {
    const { colours } = this.#sources.theme;
    if (this.number) return [colours.line, ...this.numberPalette];
    if (this.colouring === 'verdict') return judgedKinds.map((kind) => this.colourOfVerdict(kind));
    if (this.colouring === 'label') return [colours.easy, ...this.labelPalette];
    if (this.colouring === 'split') return [colours.easy, ...this.splitPalette];
    return [colours.easy, ...binNames.map((name) => colours[name]), colours.anchor];
  }

  // Reactive values are read once, not per row: at 50,000 rows each read costs.
  #categoryOf(): (row: number) => number {
    if (this.number) {
      const { values, low, high } = this.number;
      return (row) => 1 + (numberStep(values[row] ?? NaN, low, high) ?? -1);
    }
    if (this.colouring === 'verdict') {
      const kindOf = this.#judgedKindOf();
      return (row) => judgedKinds.indexOf(kindOf(row));
    }
    const { labelIndex, splitIndex } = this.#sources.library.pictures.columns;
    if (this.colouring === 'label') return (row) => paletteIndex(labelIndex[row]);
    if (this.colouring === 'split') return (row) => paletteIndex(splitIndex[row]);
    const bins = this.#bins;
    return (row) => {
      const bin = bins[row] ?? noBin;
      return bin === noBin ? 1 + binNames.length : bin + 1;
    };
  }

  #emphasisOf(): (row: number, id: number) => number {
    const { matches } = this;
    const { selection } = this.#sources.focus;
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
    const easy = this.#sources.focus.bins.has('easy') ? emphasisLevel.normal : emphasisLevel.dim;
    // The ring may hold half the library: large dots would bury the few that matter most.
    const levels = {
      hard: emphasisLevel.strong,
      false: emphasisLevel.strong,
      suspected: emphasisLevel.strong,
      ring: emphasisLevel.normal,
      easy,
    } satisfies Record<BinName, number>;
    const byBin = binNames.map((name) => levels[name]);
    return (row) => byBin[bins[row] ?? noBin] ?? emphasisLevel.strong;
  }

  #byPoint(valueOf: (row: number, id: number) => number): Uint8Array {
    const ids = this.#sources.runs.shown?.ids ?? new Uint32Array();
    const rows = this.#rowByPoint;
    const values = new Uint8Array(ids.length);
    // Uint8Array.from asks an iterator for each of 50,000 points, which takes several times as
    // long.
    for (let point = 0; point < values.length; point++) {
      values[point] = valueOf(rows[point] ?? -1, ids[point] ?? -1);
    }
    return values;
  }

  #binByRow(): Uint8Array {
    const { pictures } = this.#sources.library;
    const bins = new Uint8Array(pictures.count).fill(noBin);
    const shown = this.#sources.shownNegatives;
    if (!shown) return bins;
    for (let index = 0; index < shown.ids.length; index++) {
      bins[pictures.rowOf(shown.ids[index] ?? -1)] = shown.bin[index] ?? noBin;
    }
    return bins;
  }

  #judgedKindOf(): (row: number) => JudgedKind {
    const { pictures } = this.#sources.library;
    const { kindByHash } = this.#sources.judged;
    return (row) => kindByHash.get(pictures.hashAt(row)) ?? 'none';
  }
}

/** The place of a label or split in a palette whose first colour stands for none. */
function paletteIndex(number = -1): number {
  return number < 0 ? 0 : 1 + (number % 254);
}

function strongestEdges(shown: ShownNegatives): MapEdge[] {
  const left = { ...edgesPerKind };
  const { ids, bin, share } = shown;
  let strongest = 1e-12;
  for (let index = 0; index < share.length; index++) {
    strongest = Math.max(strongest, Math.abs(share[index] ?? 0));
  }
  const edges: MapEdge[] = [];
  for (let index = 0; index < ids.length; index++) {
    const kind = binNames[bin[index] ?? noBin];
    if (kind === undefined || kind === 'easy' || left[kind] === 0) continue;
    left[kind] -= 1;
    const part = Math.abs(share[index] ?? 0) / strongest;
    edges.push({ id: ids[index] ?? -1, kind, strength: 0.25 + 0.75 * Math.sqrt(part) });
  }
  return edges;
}
