import {
  cardBeside,
  picturesBeside,
  tablesWithoutRun,
} from '../../../../src-main/contract/exports.ts';
import type { TableFormat } from '../../../../src-main/contract/exports.ts';
import type { JobInput } from '../../../../src-main/contract/jobs.ts';
import { miningChoice, miningFormat } from '../../../../src-main/contract/mining.ts';
import type { MiningChoice } from '../../../../src-main/contract/mining.ts';
import type { RunSummary } from '../../../../src-main/contract/runs.ts';
import { fileStem, formatsOf, isTable, isViewer, pathIn } from './export-choices.ts';
import type { ExportWhat, Viewer } from './export-choices.ts';

/** What is asked of the engine before anything is written. */
export type PreviewRequest =
  | { readonly method: 'exports.preview'; readonly input: Omit<JobInput<'export'>, 'file'> }
  | { readonly method: 'exports.previewMined'; readonly input: Omit<JobInput<'mine'>, 'file'> }
  | { readonly method: 'exports.previewEncoder'; readonly input: { readonly run: number } }
  | {
      readonly method: 'viewer';
      readonly viewer: Viewer;
      readonly input: { readonly run: number; readonly space: 'h' | 'z' };
    };

/** The job that writes what was chosen. */
type ExportJob =
  | { readonly kind: 'export'; readonly input: JobInput<'export'> }
  | { readonly kind: 'mine'; readonly input: JobInput<'mine'> }
  | { readonly kind: 'exportEncoder'; readonly input: JobInput<'exportEncoder'> }
  | { readonly kind: 'exportProjector'; readonly input: JobInput<'exportProjector'> }
  | { readonly kind: 'exportAtlas'; readonly input: JobInput<'exportAtlas'> };

/** The choices of one export. */
export class ExportForm {
  what = $state<ExportWhat>('embeddings');
  run = $state<number | null>(null);
  space = $state<'h' | 'z'>('h');
  most = $state(100);
  /** Whether bins are of the features h; else they are of z where the run has it. */
  areBinsOfFeatures = $state(false);
  epoch = $state<number | null>(null);
  mining = $state<MiningChoice>(miningChoice.parse({}));
  /** Whether what mining leaves out is written too. */
  withReasons = $state(false);
  /** Of Embedding Atlas. */
  neighbours = $state(15);
  thumbnails = $state(true);
  /** The hash of a picture whose similarities viewers get too. */
  anchor = $state<string | null>(null);
  /** Empty for the folder beside the library. */
  folder = $state('');
  /** The files whose replacement was allowed; another kind or name needs a new consent. */
  #consent = $state('');
  #format = $state<TableFormat>('parquet');
  #stem = $state<string | null>(null);
  readonly #runs: () => readonly RunSummary[];

  constructor(runs: () => readonly RunSummary[], run: number | null) {
    this.#runs = runs;
    this.run = run;
  }

  /** The chosen format where it fits, else the first that does. */
  get format(): TableFormat {
    const fitting = formatsOf(this.what);
    return fitting.includes(this.#format) ? this.#format : (fitting[0] ?? 'parquet');
  }

  set format(format: TableFormat) {
    this.#format = format;
  }

  get needsRun(): boolean {
    return !tablesWithoutRun.includes(this.what);
  }

  /** The file's, with its point; a folder has none. */
  get ending(): string {
    if (this.what === 'projector') return '';
    return this.what === 'encoder' ? '.onnx' : `.${this.format}`;
  }

  /** The file's name without its ending, suggested until one is given. */
  get stem(): string {
    const run = this.#runs().find((one) => one.run === this.run);
    return this.#stem ?? fileStem(this.needsRun ? (run?.name ?? '') : '', this.what);
  }

  set stem(stem: string) {
    this.#stem = stem;
  }

  get file(): string {
    return this.#fileOf(this.stem);
  }

  /** The other files of the same export. */
  get beside(): string[] {
    const { what, format, stem } = this;
    if (what === 'encoder') return [this.#pathOf(cardBeside(stem.trim()))];
    if (what !== 'mined' && (format !== 'npy' || !isTable(what))) return [];
    const pictures = this.#pathOf(picturesBeside(stem.trim()));
    return what === 'mined' && this.withReasons ? [pictures, this.#leftOut] : [pictures];
  }

  /** Whether the files of this export, and no others, may be replaced. */
  get overwrite(): boolean {
    return this.#consent === this.#files;
  }

  set overwrite(isAllowed: boolean) {
    this.#consent = isAllowed ? this.#files : '';
  }

  get #files(): string {
    return JSON.stringify([this.what, this.file, ...this.beside]);
  }

  get #leftOut(): string {
    return this.#fileOf(`${this.stem}-left-out`);
  }

  /** Null while there is no run to choose. */
  get preview(): PreviewRequest | null {
    const { run, what, space, format } = this;
    if (!this.needsRun && isTable(what)) {
      return { method: 'exports.preview', input: { what, format } };
    }
    if (run === null) return null;
    if (what === 'encoder') return { method: 'exports.previewEncoder', input: { run } };
    if (isViewer(what)) return { method: 'viewer', viewer: what, input: { run, space } };
    if (isTable(what)) {
      const { most, epoch } = this;
      const isOfFeatures = what === 'bins' && this.areBinsOfFeatures;
      const binsSpace = isOfFeatures ? ({ binsSpace: 'h' } as const) : {};
      const rows = { most, ...(epoch === null ? {} : { epoch }), ...binsSpace };
      return { method: 'exports.preview', input: { what, run, format, space, ...rows } };
    }
    const fitting = miningFormat.parse(format);
    return {
      method: 'exports.previewMined',
      input: { ...$state.snapshot(this.mining), run, space, format: fitting },
    };
  }

  get job(): ExportJob | null {
    const { preview, file, overwrite } = this;
    switch (preview?.method) {
      case undefined:
        return null;
      case 'exports.preview':
        return { kind: 'export', input: { ...preview.input, file, overwrite } };
      case 'exports.previewEncoder':
        return { kind: 'exportEncoder', input: { ...preview.input, file, overwrite } };
      case 'exports.previewMined': {
        const others = this.withReasons ? { left_out: this.#leftOut } : {};
        return { kind: 'mine', input: { ...preview.input, ...others, file, overwrite } };
      }
      case 'viewer':
        return this.#viewerJob(preview);
    }
  }

  #viewerJob({ viewer, input }: PreviewRequest & { readonly method: 'viewer' }): ExportJob {
    const { file, overwrite, anchor, neighbours, thumbnails } = this;
    const from = anchor === null ? {} : { anchor };
    if (viewer === 'projector') {
      return { kind: 'exportProjector', input: { ...input, ...from, folder: file, overwrite } };
    }
    const { run } = input;
    return {
      kind: 'exportAtlas',
      input: { run, ...from, file, overwrite, neighbours, thumbnails },
    };
  }

  #fileOf(stem: string): string {
    return this.#pathOf(`${stem.trim()}${this.ending}`);
  }

  #pathOf(name: string): string {
    return this.folder.trim() === '' ? name : pathIn(this.folder.trim(), name);
  }
}
