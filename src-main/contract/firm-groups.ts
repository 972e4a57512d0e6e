import type { PairVerdict } from './verdict-groups.ts';

/** A "same" verdict without which its group falls in two (a bridge of the graph of "same"). */
export interface VerdictLink {
  readonly pair: readonly [string, string];
  /** How many pictures are on either side of it, the smaller side first. */
  readonly sides: readonly [number, number];
}

export interface FirmGroups {
  /**
   * Groups that stay connected whichever one "same" is taken away (2-edge-connected components), as
   * sorted hashes; those of one picture are left out.
   */
  readonly groups: readonly (readonly string[])[];
  /** The links between firm groups, those with the largest smaller side first. */
  readonly links: readonly VerdictLink[];
}

/**
 * Finds the firm groups of "same" verdicts (each pair has one verdict), and the links between them, by
 * depth-first search (Tarjan 1974) in time linear in the verdicts; without recursion, which a long
 * chain would overflow.
 */
export function firmGroups(verdicts: readonly PairVerdict[]): FirmGroups {
  const graph = sameGraph(verdicts);
  const { order, parentOf, parentEdgeOf } = depthFirst(graph);
  const { lowest, size } = lowestReached(graph, order, parentOf, parentEdgeOf);
  const groupOf = new Int32Array(graph.names.length);
  const treeSize = new Int32Array(graph.names.length);
  const members: string[][] = [];
  const links: VerdictLink[] = [];
  for (const [place, node] of order.entries()) {
    const parent = parentOf[node] ?? -1;
    const name = graph.names[node] ?? '';
    treeSize[node] = parent < 0 ? (size[node] ?? 0) : (treeSize[parent] ?? 0);
    if (parent >= 0 && (lowest[node] ?? 0) < place) {
      groupOf[node] = groupOf[parent] ?? 0;
      members[groupOf[node] ?? 0]?.push(name);
      continue;
    }
    groupOf[node] = members.push([name]) - 1;
    if (parent < 0) continue;
    const below = size[node] ?? 0;
    const above = (treeSize[node] ?? 0) - below;
    links.push({
      pair: [graph.names[parent] ?? '', name],
      sides: [Math.min(below, above), Math.max(below, above)],
    });
  }
  const groups = members.filter(({ length }) => length > 1).map((hashes) => hashes.sort());
  return {
    groups: groups.sort(([a = ''], [b = '']) => (a < b ? -1 : 1)),
    links: links.sort((a, b) => b.sides[0] - a.sides[0] || b.sides[1] - a.sides[1]),
  };
}

interface SameGraph {
  readonly names: readonly string[];
  /** For each picture its neighbours, and at the same index the number of the verdict between them. */
  readonly neighbours: readonly (readonly number[])[];
  readonly edges: readonly (readonly number[])[];
}

/** The graph of "same", its pictures in the order of their hashes. */
function sameGraph(verdicts: readonly PairVerdict[]): SameGraph {
  const same = verdicts.filter(({ verdict }) => verdict === 'same');
  const names = [...new Set(same.flatMap(({ hashA, hashB }) => [hashA, hashB]))].sort();
  const numberOf = new Map(names.map((name, number) => [name, number]));
  const neighbours = names.map((): number[] => []);
  const edges = names.map((): number[] => []);
  for (const [edge, { hashA, hashB }] of same.entries()) {
    const [one, other] = [numberOf.get(hashA) ?? 0, numberOf.get(hashB) ?? 0];
    neighbours[one]?.push(other);
    neighbours[other]?.push(one);
    edges[one]?.push(edge);
    edges[other]?.push(edge);
  }
  return { names, neighbours, edges };
}

interface Search {
  /** Every picture, in the order in which it was reached. */
  readonly order: readonly number[];
  /** The picture from which each was reached, and the verdict by which; -1 where a search began. */
  readonly parentOf: Int32Array;
  readonly parentEdgeOf: Int32Array;
}

function depthFirst({ names, neighbours, edges }: SameGraph): Search {
  const parentOf = new Int32Array(names.length).fill(-1);
  const parentEdgeOf = new Int32Array(names.length).fill(-1);
  const isReached = new Uint8Array(names.length);
  const next = new Int32Array(names.length);
  const order: number[] = [];
  for (const start of names.keys()) {
    if (isReached[start] === 1) continue;
    isReached[start] = 1;
    order.push(start);
    for (let node = start; node >= 0;) {
      const at = next[node] ?? 0;
      const other = neighbours[node]?.[at];
      next[node] = at + 1;
      if (other === undefined) node = parentOf[node] ?? -1;
      else if (isReached[other] !== 1) {
        isReached[other] = 1;
        parentOf[other] = node;
        parentEdgeOf[other] = edges[node]?.[at] ?? -1;
        order.push(other);
        node = other;
      }
    }
  }
  return { order, parentOf, parentEdgeOf };
}

/**
 * For each picture the first place in the order that it or those reached from it reach without the
 * verdict by which it was reached; and how many were reached from it, itself included.
 */
function lowestReached(
  { neighbours, edges }: SameGraph,
  order: readonly number[],
  parentOf: Int32Array,
  parentEdgeOf: Int32Array,
): { readonly lowest: Int32Array; readonly size: Int32Array } {
  const placeOf = new Int32Array(order.length);
  for (const [place, node] of order.entries()) placeOf[node] = place;
  const lowest = placeOf.slice();
  const size = new Int32Array(order.length).fill(1);
  for (const node of order.toReversed()) {
    for (const [at, other] of (neighbours[node] ?? []).entries()) {
      if (edges[node]?.[at] === parentEdgeOf[node]) continue;
      lowest[node] = Math.min(lowest[node] ?? 0, placeOf[other] ?? 0);
    }
    const parent = parentOf[node] ?? -1;
    if (parent < 0) continue;
    size[parent] = (size[parent] ?? 0) + (size[node] ?? 0);
    lowest[parent] = Math.min(lowest[parent] ?? 0, lowest[node] ?? 0);
  }
  return { lowest, size };
}
