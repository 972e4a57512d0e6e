/** The most bytes of the files of one parcel, unless one file alone has more: some 20 small pictures. */
const bytesOfParcel = 64 * 1024;
/** The most items of one parcel: a cancelled job still waits for those that were sent. */
const mostItems = 16;

/** Items that go to a worker together: those from `first`, without `end`. */
interface Parcel {
  readonly first: number;
  readonly end: number;
}

/**
 * Packs items into parcels, in their order. The messages of one parcel cost as much as those of one item, which
 * counts where an item takes a millisecond or two. Large files go alone, and so does each where nobody says how
 * large they are.
 * @param receivers how many parcels are worked on at a time: each gets several
 */
export function* parcels<T>(
  items: readonly T[],
  receivers: number,
  bytesOf: (item: T) => number = () => Infinity,
): Generator<Parcel, void> {
  const most = Math.min(mostItems, Math.max(1, Math.floor(items.length / (4 * receivers))));
  let first = 0;
  let bytes = 0;
  for (const [index, item] of items.entries()) {
    const added = bytesOf(item);
    if (index > first && (index - first >= most || bytes + added > bytesOfParcel)) {
      yield { first, end: index };
      [first, bytes] = [index, 0];
    }
    bytes += added;
  }
  if (first < items.length) yield { first, end: items.length };
}
