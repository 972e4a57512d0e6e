import * as ort from 'onnxruntime-node';
import { gemmModel } from './gemm-model.ts';

/** A float32 matrix [rows, columns], row-major. */
export interface Matrix {
  readonly values: Float32Array;
  readonly rows: number;
  readonly columns: number;
}

/** Matrix products by ONNX Runtime on the cpu, many times as fast as loops over typed arrays. */
export class MatrixProducts {
  readonly #session: ort.InferenceSession;

  private constructor(session: ort.InferenceSession) {
    this.#session = session;
  }

  /** `session` are ONNX Runtime's settings, such as the number of its threads. */
  static async create(session: ort.InferenceSession.SessionOptions = {}): Promise<MatrixProducts> {
    return new MatrixProducts(await ort.InferenceSession.create(gemmModel(), session));
  }

  /** first · secondᵀ, row-major: [m, d] and [n, d] give [m, n]. Blocks the thread while it computes. */
  async times(first: Matrix, second: Matrix): Promise<Float32Array> {
    const { products } = await this.#session.run({
      anchors: tensorOf(first),
      candidates: tensorOf(second),
    });
    return products?.data as Float32Array;
  }

  dispose(): Promise<void> {
    return this.#session.release();
  }
}

function tensorOf({ values, rows, columns }: Matrix): ort.Tensor {
  return new ort.Tensor('float32', values, [rows, columns]);
}

/** The transposed matrix, copied. */
export function transposed({ values, rows, columns }: Matrix): Matrix {
  const exchanged = new Float32Array(values.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      exchanged[column * rows + row] = values[row * columns + column] as number;
    }
  }
  return { values: exchanged, rows: columns, columns: rows };
}
