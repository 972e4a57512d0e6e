/** The wire format of protocol buffers: a key and a varint, or a key, a length and bytes. */
function varint(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>>= 7) {
    if (rest < 128) return [...bytes, rest];
    bytes.push((rest & 127) | 128);
  }
}

function integer(field: number, value: number): number[] {
  return [...varint(field << 3), ...varint(value)];
}

function nested(field: number, bytes: number[]): number[] {
  return [...varint((field << 3) | 2), ...varint(bytes.length), ...bytes];
}

function text(field: number, value: string): number[] {
  return nested(field, [...new TextEncoder().encode(value)]);
}

/** Numbers of element types in onnx.proto3. */
const elementTypes = { float32: 1, float64: 11 } as const;

function matrix(name: string, elementType: number, rows: string, columns: string): number[] {
  const shape = [rows, columns].flatMap((symbol) => nested(1, text(2, symbol)));
  const type = [...integer(1, elementType), ...nested(2, shape)];
  return [...text(1, name), ...nested(2, nested(1, type))];
}

/**
 * An ONNX model (IR 8, opset 17) of one node: products = anchors · candidatesᵀ, of matrices [m, d] and
 * [n, d], gives [m, n]. All sizes are free. Field numbers are those of onnx.proto3.
 */
export function gemmModel(elements: keyof typeof elementTypes = 'float32'): Uint8Array {
  const type = elementTypes[elements];
  const transposeSecond = [...text(1, 'transB'), ...integer(3, 1), ...integer(20, 2)];
  const node = [
    ...text(1, 'anchors'),
    ...text(1, 'candidates'),
    ...text(2, 'products'),
    ...text(4, 'Gemm'),
    ...nested(5, transposeSecond),
  ];
  const graph = [
    ...nested(1, node),
    ...text(2, 'products'),
    ...nested(11, matrix('anchors', type, 'm', 'd')),
    ...nested(11, matrix('candidates', type, 'n', 'd')),
    ...nested(12, matrix('products', type, 'm', 'n')),
  ];
  return Uint8Array.from([...integer(1, 8), ...nested(8, integer(2, 17)), ...nested(7, graph)]);
}
