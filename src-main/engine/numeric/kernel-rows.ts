import { numbersAtOnce, productsKernel, rowsAtOnce } from './products-kernel.ts';

/** Rows whose products with all others are computed at once: 13 ms for 50,000 rows of 128 numbers. */
export const ownAtOnce = 4;
/** Rows that one call of the kernel multiplies, a part that the processor's cache holds. */
const rowsPerCall = 1024;
const pageBytes = 65_536;
/** What WebAssembly's addresses of 32 bits reach. */
const mostPages = 65_536;

/** Rows of float32 numbers, row-major. */
interface RowsInMemory {
  readonly vectors: Float32Array;
  readonly count: number;
  readonly dimensions: number;
}

type RunKernel = (
  own: number,
  vectors: number,
  rowBytes: number,
  list: number,
  listEnd: number,
  products: number,
) => void;

/** What of WebAssembly is used here; TypeScript declares it for browsers alone. */
interface WasmHost {
  readonly Memory: new (size: { readonly initial: number; readonly maximum: number }) => {
    readonly buffer: ArrayBuffer;
  };
  readonly Module: new (code: Uint8Array<ArrayBuffer>) => object;
  readonly Instance: new (
    module: object,
    imports: Readonly<Record<string, Readonly<Record<string, object>>>>,
  ) => { readonly exports: Readonly<Record<string, unknown>> };
}

const host = (globalThis as unknown as { readonly WebAssembly: WasmHost }).WebAssembly;

/** Multiplies rows that lie in the memory of the kernel; each product is to the bit that of `dotProduct`. */
export class KernelRows {
  readonly vectors: Float32Array<ArrayBuffer>;
  readonly #dimensions: number;
  readonly #run: RunKernel;
  readonly #own: Float64Array;
  readonly #list: Uint32Array;
  /** 0, 1, 2 …, for rows that follow each other. */
  readonly #inTurn: Uint32Array;
  readonly #products: Float64Array;

  /** @throws RangeError where there is not so much memory */
  constructor(count: number, dimensions: number) {
    const { ownAt, listAt, inTurnAt, productsAt, pages } = layoutOf(count, dimensions);
    const memory = new host.Memory({ initial: pages, maximum: pages });
    const { exports } = new host.Instance(compiledKernel(), { kernel: { memory } });
    this.#run = exports['run'] as RunKernel;
    this.#dimensions = dimensions;
    this.vectors = new Float32Array(memory.buffer, 0, count * dimensions);
    this.#own = new Float64Array(memory.buffer, ownAt, ownAtOnce * dimensions);
    this.#list = new Uint32Array(memory.buffer, listAt, rowsPerCall);
    this.#inTurn = new Uint32Array(memory.buffer, inTurnAt, rowsPerCall);
    for (let place = 0; place < rowsPerCall; place++) this.#inTurn[place] = place;
    this.#products = new Float64Array(memory.buffer, productsAt, rowsPerCall);
  }

  /**
   * Writes the products of each of `rows`, at most `ownAtOnce`, with all rows, [rows, count]: a part of all rows
   * after the other, so that it is read from memory once.
   */
  withAll(rows: ArrayLike<number>, products: Float64Array): Float64Array {
    const count = products.length / rows.length;
    for (let own = 0; own < rows.length; own++) this.#take(rows[own] as number, own);
    for (let first = 0; first < count; first += rowsPerCall) {
      const some = Math.min(rowsPerCall, count - first);
      for (let own = 0; own < rows.length; own++) {
        products.set(this.#multiply(own, first, this.#inTurn, some), own * count + first);
      }
    }
    return products;
  }

  /** The products of row `row` with the rows `others`, in their order. */
  withSome(row: number, others: Uint32Array): Float64Array {
    const products = new Float64Array(others.length);
    this.#take(row, 0);
    for (let first = 0; first < others.length; first += rowsPerCall) {
      const some = others.subarray(first, first + rowsPerCall);
      this.#list.fill(0, some.length, some.length + rowsAtOnce).set(some);
      products.set(this.#multiply(0, 0, this.#list, some.length), first);
    }
    return products;
  }

  #take(row: number, own: number): void {
    const dimensions = this.#dimensions;
    const numbers = this.vectors.subarray(row * dimensions, (row + 1) * dimensions);
    this.#own.set(numbers, own * dimensions);
  }

  #multiply(own: number, first: number, list: Uint32Array, count: number): Float64Array {
    const rowBytes = 4 * this.#dimensions;
    const listBytes = 4 * rowsAtOnce * Math.ceil(count / rowsAtOnce);
    this.#run(
      this.#own.byteOffset + 2 * rowBytes * own,
      first * rowBytes,
      rowBytes,
      list.byteOffset,
      list.byteOffset + listBytes,
      this.#products.byteOffset,
    );
    return this.#products.subarray(0, count);
  }
}

/** Where the parts of the kernel's memory begin, behind the vectors, and how many pages they take in all. */
function layoutOf(count: number, dimensions: number) {
  // The kernel takes whole groups of rows, and reads some behind the last one.
  const ownAt = align(4 * dimensions * (count + rowsAtOnce));
  const listAt = ownAt + 8 * ownAtOnce * dimensions;
  const inTurnAt = listAt + 4 * rowsPerCall;
  const productsAt = inTurnAt + 4 * rowsPerCall;
  const pages = Math.ceil((productsAt + 8 * rowsPerCall) / pageBytes);
  return { ownAt, listAt, inTurnAt, productsAt, pages };
}

let kernel: object | undefined;

function compiledKernel(): object {
  return (kernel ??= new host.Module(productsKernel()));
}

const kernels = new WeakMap<Float32Array, KernelRows>();

/** The kernel in whose memory these very vectors lie; undefined where they lie elsewhere. */
export function kernelOf(vectors: Float32Array): KernelRows | undefined {
  return kernels.get(vectors);
}

/**
 * Memory for `count` rows, zeros, whose products the kernel can compute: twice as fast. Ordinary memory
 * where the kernel takes no such rows, or has no room for them.
 */
export function newVectors(count: number, dimensions: number): Float32Array<ArrayBuffer> {
  const { pages } = layoutOf(count, dimensions);
  const isPossible = dimensions % numbersAtOnce === 0 && pages < mostPages;
  if (isPossible && dimensions > 0) {
    try {
      const rows = new KernelRows(count, dimensions);
      kernels.set(rows.vectors, rows);
      return rows.vectors;
    } catch (error) {
      // Some systems limit the addresses that a process may reserve.
      if (!(error instanceof RangeError)) throw error;
    }
  }
  return new Float32Array(count * dimensions);
}

/** The rows themselves where they lie in the memory of a kernel, else a copy that does, if it can. */
export function inKernelMemory<T extends RowsInMemory>(rows: T): T {
  if (kernelOf(rows.vectors)) return rows;
  const vectors = newVectors(rows.count, rows.dimensions);
  if (!kernelOf(vectors)) return rows;
  vectors.set(rows.vectors);
  return { ...rows, vectors };
}

function align(bytes: number): number {
  return 16 * Math.ceil(bytes / 16);
}
