import type { EncoderInput } from '../../contract/loaded-encoders.ts';
import type { Preprocessing } from '../../contract/preprocessing.ts';

type Values = Float32Array | Uint16Array | Uint8Array;

/** Converts pictures of bytes to the numbers, element type and layout that an encoder takes. */
export class InputValues {
  readonly #input: Pick<EncoderInput, 'type' | 'layout'>;
  readonly #pixels: number;
  /** The value of each byte, for each channel. Half floats are stored as their bits. */
  readonly #tables: readonly Values[];
  /** Used again for the next batch, because allocating takes ten times as long as filling. */
  #values: Values | null = null;

  constructor(input: Pick<EncoderInput, 'type' | 'layout'>, plan: Preprocessing) {
    this.#input = input;
    this.#pixels = plan.width * plan.height;
    const order = plan.channels === 'bgr' ? [2, 1, 0] : [0, 1, 2];
    this.#tables = order.map((channel) => valueTable(input.type, plan, channel as 0 | 1 | 2));
  }

  /**
   * The values of `batch` pictures, valid until the next call. `bytes` [n, height, width, 3] holds at
   * most `batch` pictures; missing pictures are zeros.
   */
  of(bytes: Uint8Array, batch: number): Values {
    const length = 3 * this.#pixels;
    if (this.#values?.length !== batch * length) {
      this.#values = emptyValues(this.#input.type, batch * length);
    }
    const values = this.#values;
    values.fill(0, bytes.length);
    const isPlanar = this.#input.layout === 'NCHW';
    const stride = isPlanar ? 1 : 3;
    for (let start = 0; start < bytes.length; start += length) {
      for (const [channel, table] of this.#tables.entries()) {
        let to = start + (isPlanar ? channel * this.#pixels : channel);
        const end = start + length;
        for (let from = start + channel; from < end; from += 3, to += stride) {
          values[to] = table[bytes[from] ?? 0] ?? 0;
        }
      }
    }
    return values;
  }
}

function valueTable(
  type: EncoderInput['type'],
  { scale, mean, std }: Preprocessing,
  channel: 0 | 1 | 2,
): Values {
  const values = Float32Array.from(
    { length: 256 },
    (_, byte) => (byte * scale - mean[channel]) / std[channel],
  );
  if (type === 'float32') return values;
  if (type === 'float16') return new Uint16Array(new Float16Array(values).buffer);
  return Uint8Array.from(values, (value) => Math.min(255, Math.max(0, Math.round(value))));
}

function emptyValues(type: EncoderInput['type'], length: number): Values {
  if (type === 'float32') return new Float32Array(length);
  return type === 'float16' ? new Uint16Array(length) : new Uint8Array(length);
}
