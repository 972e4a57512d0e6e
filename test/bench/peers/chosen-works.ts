import { chosenNames, WrongOption } from './bench-options.ts';
import type { BenchOptions } from './bench-options.ts';
import type { Sizes, Work } from './work.ts';

/** A piece of work with the sizes that it is measured at. */
export interface SizedWork {
  readonly work: Work;
  readonly sizes: Sizes;
}

/**
 * The work that is asked for: the named, or all but what takes long; with `--grow` once for each of its sizes.
 * @throws WrongOption for a name or a size that there is not
 */
export function chosenWorks(
  all: readonly Work[],
  { only, isFull, grows, sizes }: Pick<BenchOptions, 'only' | 'isFull' | 'grows' | 'sizes'>,
): SizedWork[] {
  const possible = grows ? all.filter(({ growth }) => growth !== undefined) : all;
  const names = possible.map(({ name }) => name);
  const wanted = new Set(only === null ? null : chosenNames(only, names));
  const chosen = possible.filter(({ name, onlyWhenAsked }) =>
    only === null ? isFull || !onlyWhenAsked : wanted.has(name),
  );
  refuseUnusedSizes(chosen, sizes);
  return chosen.flatMap((work) => {
    const steps = grows ? (work.growth ?? []) : [{}];
    return steps.map((grown) => ({
      work,
      sizes: { ...work.sizes, ...own(work, sizes), ...grown },
    }));
  });
}

/** The given sizes that some work has. */
function own(work: Work, sizes: Sizes): Sizes {
  return Object.fromEntries(Object.entries(sizes).filter(([name]) => name in work.sizes));
}

function refuseUnusedSizes(works: readonly Work[], sizes: Sizes): void {
  const has = new Set(works.flatMap((work) => Object.keys(work.sizes)));
  const unused = Object.keys(sizes).filter((name) => !has.has(name));
  if (unused.length === 0) return;
  throw new WrongOption(`No size ${unused.join(', ')} here; there are ${[...has].join(', ')}.`);
}
