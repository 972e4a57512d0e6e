import type { PairVerdict } from './verdict-groups.ts';

/** A "same" verdict without which its group falls in two (a bridge of the graph of "same"). */
export interface VerdictLink {
  readonly pair: readonly [string, string];
  /** How many pictures are on either side of it, the smaller side first. */
  readonly sides: readonly [number, number];
}

interface FirmGroups {
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
  const order = depthFirst(sameGraph(verdicts));
  findLowest(order);
  const groups: string[][] = [];
  const links: VerdictLink[] = [];
  for (const picture of order) {
    const { from, hash } = picture;
    if (from !== null && picture.lowest < picture.place) picture.group = from.group;
    else groups.push(picture.group);
    picture.group.push(hash);
    picture.connected = from?.connected ?? picture.below;
    if (from === null || picture.group === from.group) continue;
    const sides = [picture.below, picture.connected - picture.below] as const;
    links.push({ pair: [from.hash, hash], sides: [Math.min(...sides), Math.max(...sides)] });
  }
  const firm = groups.filter(({ length }) => length > 1).map((hashes) => hashes.sort());
  return {
    groups: firm.sort(([a = ''], [b = '']) => (a < b ? -1 : 1)),
    links: links.sort((a, b) => b.sides[0] - a.sides[0] || b.sides[1] - a.sides[1]),
  };
}

/** A picture in the search. */
interface SearchedPicture {
  readonly hash: string;
  readonly same: { readonly verdict: number; readonly other: SearchedPicture }[];
  /** How many of `same` were followed. */
  followed: number;
  /** When it was reached, from 0, from which other and by which verdict; -1 before and where there is none. */
  place: number;
  from: SearchedPicture | null;
  by: number;
  /** The first place that it, or those reached from it, reach without the verdict `by`. */
  lowest: number;
  /** How many were reached from it, itself included; and how many are connected with it at all. */
  below: number;
  connected: number;
  group: string[];
}

/** The pictures with a "same", in the order of their hashes. */
function sameGraph(verdicts: readonly PairVerdict[]): SearchedPicture[] {
  const pictures = new Map<string, SearchedPicture>();
  const pictureOf = (hash: string): SearchedPicture => {
    const known = pictures.get(hash);
    if (known !== undefined) return known;
    const numbers = { followed: 0, place: -1, by: -1, lowest: 0, below: 1, connected: 0 };
    const picture: SearchedPicture = { hash, same: [], from: null, group: [], ...numbers };
    pictures.set(hash, picture);
    return picture;
  };
  for (const [number, { hashA, hashB, verdict }] of verdicts.entries()) {
    if (verdict !== 'same') continue;
    const [one, other] = [pictureOf(hashA), pictureOf(hashB)];
    one.same.push({ verdict: number, other });
    other.same.push({ verdict: number, other: one });
  }
  return [...pictures.values()].sort((a, b) => (a.hash < b.hash ? -1 : 1));
}

/** All pictures in the order in which a depth-first search reaches them. */
function depthFirst(pictures: readonly SearchedPicture[]): SearchedPicture[] {
  const order: SearchedPicture[] = [];
  const reach = (picture: SearchedPicture, from: SearchedPicture | null, by: number): void => {
    picture.place = order.push(picture) - 1;
    picture.from = from;
    picture.by = by;
  };
  for (const start of pictures) {
    if (start.place >= 0) continue;
    reach(start, null, -1);
    for (let at: SearchedPicture | null = start; at !== null;) {
      const next: SearchedPicture['same'][number] | undefined = at.same[at.followed];
      at.followed += 1;
      if (next === undefined) at = at.from;
      else if (next.other.place < 0) {
        reach(next.other, at, next.verdict);
        at = next.other;
      }
    }
  }
  return order;
}

/** Finds `lowest` and `below`, from the pictures that were reached last. */
function findLowest(order: readonly SearchedPicture[]): void {
  for (const picture of order) picture.lowest = picture.place;
  for (const picture of order.toReversed()) {
    const { from, by, same } = picture;
    for (const { verdict, other } of same) {
      if (verdict !== by) picture.lowest = Math.min(picture.lowest, other.place);
    }
    if (from === null) continue;
    from.below += picture.below;
    from.lowest = Math.min(from.lowest, picture.lowest);
  }
}
