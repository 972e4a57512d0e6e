import { toErrorReport } from '../../../../src-main/contract/errors/errors.ts';
import type { EncoderExportPreview, ExportPreview } from '../../../../src-main/contract/exports.ts';
import type { MinePreview } from '../../../../src-main/contract/mining.ts';
import type { Connection } from '../../../connection/connection.svelte.ts';
import { latestOnly } from '../../../connection/latest-only.ts';
import type { PreviewRequest } from './export-form.svelte.ts';

/** What a file would hold; `count` is null where its rows are no rows of a table. */
export interface ShownPreview extends Omit<ExportPreview, 'count' | 'bytes' | 'neededBytes'> {
  readonly count: number | null;
  /** Null where only the job can say it. */
  readonly bytes: number | null;
  readonly neededBytes: number | null;
  readonly mined: MinePreview | null;
}

/** The preview of the choices of the moment, or the sentence that says why there is none. */
export class ExportPreviewState {
  shown = $state.raw<ShownPreview | null>(null);
  problem = $state('');
  readonly #load: (request: PreviewRequest) => Promise<void>;

  constructor(connection: Connection) {
    this.#load = latestOnly(
      (request: PreviewRequest) => ask(connection, request),
      (shown) => {
        this.shown = shown;
        this.problem = '';
      },
    );
  }

  async load(request: PreviewRequest): Promise<void> {
    try {
      await this.#load(request);
    } catch (error) {
      this.shown = null;
      this.problem = toErrorReport(error).message;
    }
  }

  refuse(sentence: string): void {
    this.shown = null;
    this.problem = sentence;
  }
}

async function ask(connection: Connection, request: PreviewRequest): Promise<ShownPreview> {
  switch (request.method) {
    case 'exports.preview':
      return { ...(await connection.call(request.method, request.input)), mined: null };
    case 'exports.previewMined': {
      const mined = await connection.call(request.method, request.input);
      return { ...mined, mined };
    }
    case 'exports.previewEncoder':
      return tensorsOf(await connection.call(request.method, request.input));
    case 'viewer':
      return await partsFor(connection, request);
  }
}

const parts = {
  projector: [
    ['vectors.tsv', 'the vectors, a picture a line'],
    ['metadata.tsv', 'hash, path, label and what the training’s last epoch left of each'],
    ['sprite.png', 'the thumbnails of all pictures in one'],
    ['projector_config.pbtxt', 'what TensorBoard reads first'],
  ],
  atlas: [
    ['hash, path, label', 'which picture it is'],
    ['x, y', 'its position on the map last made'],
    ['neighbors', 'its nearest pictures and their distances'],
    ['image', 'its thumbnail'],
  ],
} as const;

/** The table that a viewer's files are made of says whether they can be made. */
async function partsFor(
  connection: Connection,
  { viewer, input }: PreviewRequest & { readonly method: 'viewer' },
): Promise<ShownPreview> {
  const what = viewer === 'projector' ? 'embeddings' : 'map';
  await connection.call('exports.preview', { ...input, what, format: 'parquet', rows: 1 });
  return {
    columns: ['part', 'what it is'].map(textColumn),
    rows: parts[viewer].map((row) => [...row]),
    ...{ count: null, bytes: null, neededBytes: null, mined: null },
  };
}

const textColumn = (name: string) => ({ name, type: 'text', unit: '', meaning: '' });

/** What goes into the model and comes out of it. */
function tensorsOf(encoder: EncoderExportPreview): ShownPreview {
  const { size, features, projected, bytes } = encoder;
  return {
    columns: ['tensor', 'type', 'shape', 'what it is'].map(textColumn),
    rows: [
      ['images', 'uint8', `[batch, ${size}, ${size}, 3]`, 'in: RGB, cut to a square and resized'],
      ['h', 'float32', `[batch, ${features}]`, 'out: features, unit rows'],
      ['z', 'float32', `[batch, ${projected}]`, 'out: of the projection head, unit rows'],
    ],
    count: null,
    ...{ bytes, neededBytes: bytes, mined: null },
  };
}
