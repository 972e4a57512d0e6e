import { nearOrders } from '../library/near-order.ts';
import { z } from 'zod';
import { pictureNumberNames } from '../../../src-main/contract/picture-numbers.ts';
import { vectorSpace } from '../../../src-main/contract/negatives.ts';
import { queueOrder } from '../../../src-main/contract/verdict-queue.ts';
import { mapAlignment } from '../../../src-main/contract/comparison.ts';
import type { AnchorState } from '../anchor/anchor.svelte.ts';
import type { ExplanationState } from '../anchor/explanation.svelte.ts';
import { listColumns, type ExplorePageState } from '../anchor/explore-page.svelte.ts';
import { filters, noFilters, readFilters, writeFilters } from '../filters/filter-snapshot.ts';
import type { Focus } from '../filters/focus.svelte.ts';
import {
  libraryTabs,
  pictureOrders,
  type LibraryPageState,
} from '../library/library-page.svelte.ts';
import type { LibraryState } from '../library/library.svelte.ts';
import type { MapLook } from '../map/map-look.svelte.ts';
import {
  colourings,
  compareTabs,
  mostOthers,
  type ComparisonState,
} from '../runs/comparison.svelte.ts';
import type { Runs } from '../runs/runs.svelte.ts';
import type { TrainForm } from '../training/train-form.svelte.ts';
import { trainFormSnapshot } from '../training/train-form-snapshot.ts';
import type { Review } from '../verdicts/review.svelte.ts';
import { pageNames } from '../../../src-main/contract/pages.ts';
import type { Pages } from '../window/pages.svelte.ts';

const knob = z.number().optional();
const side = z.object({
  run: z.number(),
  epoch: z.number().optional(),
  seeds: z.boolean().optional(),
});

/**
 * What the window shows of a library, as plain data; a part that cannot be read has its default.
 */
const windowSnapshot = z.object({
  page: z.enum(pageNames).nullable().catch(null),
  run: z.number().nullable().catch(null),
  /** By content hash. */
  anchor: z.string().nullable().catch(null),
  selection: z.array(z.number()).catch([]),
  filters: filters.catch(noFilters),
  colouring: z.enum(['bin', 'label', 'split', 'verdict', ...pictureNumberNames]).catch('bin'),
  knobs: z
    .object({
      objective: z.string().optional(),
      ...{ temperature: knob, beta: knob, tauPlus: knob, ringOuter: knob, ringInner: knob },
      ringDynamicInner: z.boolean().optional(),
      ...{ positiveSimilarity: knob, hardShare: knob, suspectFrom: knob },
    })
    .catch({}),
  candidateSet: z.enum(['library', 'training', 'batch']).catch('library'),
  batchSeed: z.number().catch(1),
  isOwnBatch: z.boolean().catch(true),
  space: vectorSpace.catch('z'),
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
      nearOrder: z.enum(nearOrders).catch('similar'),
    })
    .nullable()
    .catch(null),
  /** What is filled in for the next training. */
  training: trainFormSnapshot.nullable().catch(null),
  review: z.object({ order: queueOrder }).nullable().catch(null),
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
export type WindowSnapshot = z.infer<typeof windowSnapshot>;

/** The states that a snapshot is read from and written to. */
export interface SnapshotSources {
  readonly pages: Pick<Pages, 'chosen'>;
  readonly library: Pick<LibraryState, 'pictures'>;
  readonly libraryPage: LibraryPageState;
  readonly runs: Pick<Runs, 'currentNumber'>;
  readonly anchor: Pick<AnchorState, 'id'>;
  readonly explanation: ExplanationState;
  readonly explore: ExplorePageState;
  readonly focus: Focus;
  readonly mapLook: Pick<MapLook, 'wish'>;
  readonly comparison: ComparisonState;
  readonly trainForm: TrainForm;
  readonly review: Review;
}

/**
 * The snapshot that was remembered, by this version or an earlier one; null where there is none.
 */
export function parseSnapshot(saved: unknown): WindowSnapshot | null {
  return windowSnapshot.safeParse(withPage(saved)).data ?? null;
}

/** Snapshots that were remembered before have the page as `place`. */
function withPage(saved: unknown): unknown {
  const isEarlier = typeof saved === 'object' && saved !== null && 'place' in saved;
  return isEarlier ? { page: saved.place, ...saved } : saved;
}

/** What the window shows at the moment. */
export function readSnapshot(app: SnapshotSources): WindowSnapshot {
  const { explanation, libraryPage, library, anchor } = app;
  const { tab, order, isDescending, nearThreshold, nearOrder } = libraryPage;
  return {
    page: app.pages.chosen,
    run: app.runs.currentNumber,
    anchor: anchor.id === null ? null : library.pictures.hashOf(anchor.id),
    selection: [...app.focus.selection],
    filters: readFilters(app.focus),
    colouring: app.mapLook.wish,
    knobs: { ...explanation.knobs },
    candidateSet: explanation.candidateSet,
    batchSeed: explanation.batchSeed,
    isOwnBatch: explanation.isOwnBatch,
    space: explanation.space,
    epoch: explanation.epoch,
    list: { isList: app.explore.isList, sorting: app.explore.listSorting },
    margins: { ...app.explore.margins },
    library: { tab, order, isDescending, nearThreshold, nearOrder },
    training: app.trainForm.read(),
    review: { order: app.review.order },
    comparison: readComparison(app),
  };
}

/**
 * Puts a snapshot back except its run, its anchor and its page, which need the engine's answers.
 */
export function writeSnapshot(app: SnapshotSources, snapshot: WindowSnapshot): void {
  const { pictures } = app.library;
  const isPresent = (id: number): boolean => pictures.rowOf(id) >= 0;
  app.focus.select(snapshot.selection.filter(isPresent), 'replace');
  writeFilters(app.focus, snapshot.filters);
  app.mapLook.wish = snapshot.colouring;
  app.explanation.knobs = snapshot.knobs;
  app.explanation.candidateSet = snapshot.candidateSet;
  app.explanation.batchSeed = snapshot.batchSeed;
  app.explanation.isOwnBatch = snapshot.isOwnBatch;
  app.explanation.space = snapshot.space;
  if (snapshot.list) {
    app.explore.isList = snapshot.list.isList;
    app.explore.listSorting = snapshot.list.sorting;
  }
  if (snapshot.margins) app.explore.margins = snapshot.margins;
  if (snapshot.library) Object.assign(app.libraryPage, snapshot.library);
  if (snapshot.training) app.trainForm.write(snapshot.training);
  if (snapshot.review) app.review.order = snapshot.review.order;
  if (snapshot.comparison) Object.assign(app.comparison, snapshot.comparison);
}

function readComparison({ comparison }: SnapshotSources): WindowSnapshot['comparison'] {
  const { tab, a, b, others, k, alignment, colouring, hasTrails } = comparison;
  return { tab, a, b, others: [...others], k, alignment, colouring, hasTrails };
}
