import { z } from 'zod';
import { pictureNumberNames } from '../../src-main/contract/picture-numbers.ts';
import { mapAlignment } from '../../src-main/contract/comparison.ts';
import type { AppState } from './app-state.svelte.ts';
import { colourings, compareTabs, mostOthers } from './comparison.svelte.ts';
import { listColumns } from './explore-view.svelte.ts';
import { filters, noFilters, readFilters, writeFilters } from './focus-snapshot.ts';
import { libraryTabs, pictureOrders } from './library-view.svelte.ts';
import { placeNames } from './places.svelte.ts';

const knob = z.number().optional();
const side = z.object({ run: z.number(), epoch: z.number().optional() });

/** What the window shows of a library, as plain data; a part that cannot be read is as at first. */
const keptView = z.object({
  place: z.enum(placeNames).nullable().catch(null),
  run: z.number().nullable().catch(null),
  /** By content hash. */
  anchor: z.string().nullable().catch(null),
  selection: z.array(z.number()).catch([]),
  filters: filters.catch(noFilters),
  colouring: z.enum(['bin', 'label', 'verdict', ...pictureNumberNames]).catch('bin'),
  knobs: z
    .object({
      objective: z.string().optional(),
      ...{ temperature: knob, beta: knob, tauPlus: knob, ringOuter: knob, ringInner: knob },
      ringDynamicInner: z.boolean().optional(),
      positiveSimilarity: knob,
    })
    .catch({}),
  candidateSet: z.enum(['library', 'training', 'batch']).catch('library'),
  batchSeed: z.number().catch(1),
  /** Whose embeddings are explained; null for the run as it is. */
  epoch: z.number().nullable().catch(null),
  list: z
    .object({
      isList: z.boolean(),
      sorting: z.object({ column: z.enum(listColumns), isDescending: z.boolean() }),
    })
    .nullable()
    .catch(null),
  margins: z.object({ absolute: z.number(), relative: z.number() }).nullable().catch(null),
  library: z
    .object({
      tab: z.enum(libraryTabs),
      order: z.enum(pictureOrders),
      isDescending: z.boolean(),
      nearThreshold: z.number(),
    })
    .nullable()
    .catch(null),
  comparison: z
    .object({
      tab: z.enum(compareTabs).catch('runs'),
      a: side.nullable(),
      b: side.nullable(),
      others: z.array(side).max(mostOthers),
      k: z.number(),
      alignment: mapAlignment,
      colouring: z.enum(colourings),
      hasTrails: z.boolean(),
    })
    .nullable()
    .catch(null),
});
export type KeptView = z.infer<typeof keptView>;

/** The view that was remembered; null where there is none. */
export function parseView(saved: unknown): KeptView | null {
  return keptView.safeParse(saved).data ?? null;
}

/** What the window shows at the moment. */
export function readView(app: AppState): KeptView {
  const { explanation, libraryView, library, anchor } = app;
  const { tab, order, isDescending, nearThreshold } = libraryView;
  return {
    place: app.places.chosen,
    run: app.runs.currentNumber,
    anchor: anchor.id === null ? null : library.pictures.hashOf(anchor.id),
    selection: [...app.focus.selection],
    filters: readFilters(app.focus),
    colouring: app.mapLook.wish,
    knobs: { ...explanation.knobs },
    candidateSet: explanation.candidateSet,
    batchSeed: explanation.batchSeed,
    epoch: explanation.epoch,
    list: { isList: app.explore.isList, sorting: app.explore.listSorting },
    margins: { ...app.explore.margins },
    library: { tab, order, isDescending, nearThreshold },
    comparison: readComparison(app),
  };
}

/** Puts a view back but for its run, its anchor and its place, which need the engine's answers. */
export function writeView(app: AppState, view: KeptView): void {
  const { pictures } = app.library;
  const isPresent = (id: number): boolean => pictures.rowOf(id) >= 0;
  app.focus.select(view.selection.filter(isPresent), 'replace');
  writeFilters(app.focus, view.filters);
  app.mapLook.wish = view.colouring;
  app.explanation.knobs = view.knobs;
  app.explanation.candidateSet = view.candidateSet;
  app.explanation.batchSeed = view.batchSeed;
  if (view.list) {
    app.explore.isList = view.list.isList;
    app.explore.listSorting = view.list.sorting;
  }
  if (view.margins) app.explore.margins = view.margins;
  if (view.library) Object.assign(app.libraryView, view.library);
  if (view.comparison) Object.assign(app.comparison, view.comparison);
}

function readComparison({ comparison }: AppState): KeptView['comparison'] {
  const { tab, a, b, others, k, alignment, colouring, hasTrails } = comparison;
  return { tab, a, b, others: [...others], k, alignment, colouring, hasTrails };
}
