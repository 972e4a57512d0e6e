import { wasm, wasmModule } from './wasm-code.ts';

/** Rows that are multiplied side by side, so that no addition waits for the one before. */
export const rowsAtOnce = 4;
/** The numbers of a row are taken by fours. */
export const numbersAtOnce = 4;

const parameters = { own: 0, vectors: 1, rowBytes: 2, list: 3, listEnd: 4, products: 5 } as const;
const locals = { ...parameters, at: 6, ownEnd: 7, firstRow: 8, firstSum: 12, pair: 16 } as const;
const doubleBytes = 8;
const floatBytes = 4;
const pairBytes = 2 * doubleBytes;

/**
 * The inner products of one row with others, as WebAssembly: `run(own, vectors, rowBytes, list, listEnd,
 * products)`, all places in memory as bytes. `own` is the row in float64, `vectors` row 0 of the float32
 * rows, `list` the numbers of the rows (uint32, a multiple of four), `products` gets a float64 for each.
 * Even and odd numbers of a row are summed apart, in their order: to the bit the sums of `dotProduct`.
 */
export function productsKernel(): Uint8Array<ArrayBuffer> {
  const sides = Array.from({ length: rowsAtOnce }, (_, side) => ({
    side,
    row: locals.firstRow + side,
    sum: locals.firstSum + side,
  }));
  const { get, set, small, add, multiply } = wasm;
  const begin = sides.flatMap(({ side, row, sum }) => [
    ...[...get(locals.vectors), ...get(locals.list), ...wasm.loadInteger(floatBytes * side)],
    ...[...get(locals.rowBytes), ...multiply, ...add, ...set(row)],
    ...[...wasm.zeroPair, ...set(sum)],
  ]);
  const addPair = (pair: number): number[] => [
    ...[...get(locals.at), ...wasm.loadPair(pairBytes * pair), ...set(locals.pair)],
    ...sides.flatMap(({ row, sum }) => [
      ...[...get(sum), ...get(locals.pair)],
      ...[...get(row), ...wasm.loadFloatPair(2 * floatBytes * pair)],
      ...[...wasm.multiplyPairs, ...wasm.addPairs, ...set(sum)],
    ]),
  ];
  const forward = (local: number, bytes: number): number[] => [
    ...[...get(local), ...small(bytes), ...add, ...set(local)],
  ];
  const isBefore = (local: number, end: number): number[] => [
    ...[...get(local), ...get(end), ...wasm.isLess],
  ];
  const addFour = [
    ...addPair(0),
    ...addPair(1),
    ...sides.flatMap(({ row }) => forward(row, numbersAtOnce * floatBytes)),
    ...forward(locals.at, numbersAtOnce * doubleBytes),
  ];
  const end = sides.flatMap(({ side, sum }) => [
    ...[...get(locals.products), ...get(sum), ...wasm.ofPair(0), ...get(sum), ...wasm.ofPair(1)],
    ...[...wasm.addDoubles, ...wasm.storeDouble(doubleBytes * side)],
  ]);
  const eachRow = [
    ...[...begin, ...get(locals.own), ...set(locals.at)],
    ...wasm.repeatWhile(addFour, isBefore(locals.at, locals.ownEnd)),
    ...[...end, ...forward(locals.products, rowsAtOnce * doubleBytes)],
    ...forward(locals.list, rowsAtOnce * floatBytes),
  ];
  const body = [
    ...[...get(locals.own), ...get(locals.rowBytes), ...small(2), ...multiply, ...add],
    ...set(locals.ownEnd),
    ...wasm.repeatWhile(eachRow, isBefore(locals.list, locals.listEnd)),
  ];
  return wasmModule({
    parameters: Object.keys(parameters).length,
    integers: locals.firstSum - locals.at,
    pairs: 1 + locals.pair - locals.firstSum,
    body,
  });
}
