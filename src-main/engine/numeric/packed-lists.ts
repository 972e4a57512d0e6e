/** Lists of whole numbers in one array: list i is `items` from `starts[i]` up to `starts[i + 1]`. */
export interface PackedLists {
  readonly starts: Uint32Array;
  readonly items: Uint32Array;
}

/** Packs the lists that `listOf` returns for 0 to `count` − 1. */
export function listsOf(count: number, listOf: (index: number) => readonly number[]): PackedLists {
  const starts = new Uint32Array(count + 1);
  const items: number[] = [];
  for (let index = 0; index < count; index++) {
    for (const item of listOf(index)) items.push(item);
    starts[index + 1] = items.length;
  }
  return { starts, items: Uint32Array.from(items) };
}

/** The list with this index. */
export function listAt({ starts, items }: PackedLists, index: number): Uint32Array {
  return items.subarray(starts[index], starts[index + 1]);
}

/** The length of the list with this index. */
export function sizeAt({ starts }: PackedLists, index: number): number {
  return (starts[index + 1] as number) - (starts[index] as number);
}

/** For each item, 0 to `items` − 1, the indices of the lists that contain it, ascending. */
export function holdersOf(lists: PackedLists, items: number): PackedLists {
  const starts = new Uint32Array(items + 1);
  for (const item of lists.items) starts[item + 1] = (starts[item + 1] as number) + 1;
  for (let item = 0; item < items; item++) {
    starts[item + 1] = (starts[item + 1] as number) + (starts[item] as number);
  }
  const next = starts.slice();
  const holders = new Uint32Array(lists.items.length);
  for (let list = 0; list + 1 < lists.starts.length; list++) {
    for (const item of listAt(lists, list)) {
      const index = next[item] as number;
      holders[index] = list;
      next[item] = index + 1;
    }
  }
  return { starts, items: holders };
}
