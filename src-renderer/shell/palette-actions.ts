import { themeChoices } from '../../src-main/contract/desktop-menu.ts';
import { presets } from '../../src-main/contract/objectives/presets.ts';
import type { ObjectivePreset } from '../../src-main/contract/objectives/presets.ts';
import { queueOrders } from '../pages/review/queue/queue-orders.ts';
import { answers } from '../app/verdicts/verdict-words.ts';
import { redo, undo } from '../app/actions/undo.ts';
import { windowActions as doInWindow } from '../app/actions/window-actions.ts';
import type { AppState } from '../app/app-state.svelte.ts';
import { colourings, colouringWords } from '../app/runs/comparison.svelte.ts';
import { answerPair } from '../app/actions/judging.ts';
import { libraryTabs, pictureOrders, tabTitles } from '../app/library/library-page.svelte.ts';
import type { Colouring } from '../app/map/map-look.svelte.ts';
import { numberWords } from '../app/library/picture-numbers.svelte.ts';
import { askForLabels } from '../app/actions/label-pictures.ts';
import { orderWords } from '../app/library/picture-order.ts';
import { desktopBridge } from '../connection/desktop-bridge.ts';
import { countOf } from '../formats/formats.ts';
import { rescan } from '../app/actions/rescan.ts';
import { trainAgain, trainAgainLabel, trainAgainProblem } from '../app/actions/train-again.ts';

/** Something that can be done now, by its name. */
interface Action {
  readonly name: string;
  readonly run: () => void;
}

/** Everything that can be done as the window is now; what would do nothing is left out. */
export function actions(app: AppState): Action[] {
  return [
    ...windowActions(app),
    ...libraryActions(app),
    ...trainActions(app),
    ...exploreActions(app),
    ...labelActions(app),
    ...reviewActions(app),
    ...compareActions(app),
  ];
}

function onlyIf(isPossible: boolean, ...possible: readonly Action[]): readonly Action[] {
  return isPossible ? possible : [];
}

function windowActions(app: AppState): Action[] {
  const { toUndo, toRedo } = app.undoHistory;
  const job = app.jobs.current;
  const command = (name: 'pause' | 'resume' | 'cancel'): void =>
    void (job && app.attempt(() => app.jobs.command(name, job.job)));
  return [
    { name: 'Show the keyboard shortcuts', run: () => doInWindow['shortcut-sheet'](app) },
    {
      name: 'Export: embeddings, map, bins, ledger, verdicts, runs, encoder, for viewers',
      run: () => doInWindow.export(app),
    },
    {
      name: 'Export mined hard negatives for sentence-transformers',
      run: () => (app.pages.exporting = { what: 'mined' }),
    },
    {
      name: 'Import embeddings that were computed elsewhere',
      run: () => doInWindow.import(app),
    },
    ...onlyIf(
      desktopBridge() !== null,
      { name: 'Preferences', run: () => doInWindow.preferences(app) },
      { name: 'Open a remote engine', run: () => doInWindow['choose-engine'](app) },
    ),
    {
      name: 'Backups of the library: list, make, restore, copy the whole',
      run: () => (app.pages.backupsOf = 'open'),
    },
    { name: 'Open another folder', run: () => doInWindow['choose-folder'](app) },
    { name: 'Open a library file', run: () => doInWindow['choose-library'](app) },
    ...onlyIf(toUndo !== null, { name: `Undo: ${toUndo}`, run: () => void undo(app) }),
    ...onlyIf(toRedo !== null, { name: `Redo: ${toRedo}`, run: () => void redo(app) }),
    ...onlyIf(job?.state === 'running', {
      name: `Pause “${job?.title}”`,
      run: () => command('pause'),
    }),
    ...onlyIf(job?.state === 'paused', {
      name: `Resume “${job?.title}”`,
      run: () => command('resume'),
    }),
    ...onlyIf(job !== null, { name: `Cancel “${job?.title}”`, run: () => command('cancel') }),
    ...themeChoices.map((theme) => ({
      name: `Theme: ${theme}`,
      run: () => app.theme.choose(theme),
    })),
  ];
}

function libraryActions(app: AppState): Action[] {
  const page = app.libraryPage;
  return [
    ...onlyIf(app.jobs.liveOf('scan') === null, {
      name: 'Library: scan the folders again',
      run: () => void rescan(app),
    }),
    ...libraryTabs.map((tab) => ({
      name: `Library: ${tabTitles[tab].toLowerCase()}`,
      run: () => {
        page.tab = tab;
        app.pages.go('library');
      },
    })),
    ...pictureOrders.map((order) => ({
      name: `Library: order the pictures by ${orderWords[order]}`,
      run: () => {
        page.order = order;
        page.tab = 'pictures';
        app.pages.go('library');
      },
    })),
  ];
}

function trainActions(app: AppState): Action[] {
  const names = Object.keys(presets) as ObjectivePreset[];
  return [
    ...names.map((name) => ({
      name: `Train: ${presets[name].title}…`,
      run: () => {
        app.trainForm.objective = name;
        app.pages.go('train');
      },
    })),
    ...onlyIf(app.jobs.liveOf('embed') === null, {
      name: 'Embed with the starter encoder, without training',
      run: () => void app.startWithStarter(),
    }),
  ];
}

function exploreActions(app: AppState): Action[] {
  const show = (change: () => unknown) => (): void => {
    change();
    app.pages.go('explore');
  };
  const { current } = app.explanation;
  const anchor = current?.anchor.hash ?? '';
  const colouredBy = (colouring: Colouring, name: string): Action => ({
    name: `Colour the map by ${name}`,
    run: show(() => (app.mapLook.wish = colouring)),
  });
  return [
    { name: 'Explore: show the pictures as a list', run: show(() => (app.explore.isList = true)) },
    { name: 'Explore: show the pictures as a map', run: show(() => (app.explore.isList = false)) },
    ...onlyIf(app.focus.selection.size > 0, {
      name: 'Selection: look at it, judge, label, tag, export, leave out of training',
      run: show(() => (app.explore.isSelectionOpen = true)),
    }),
    ...onlyIf(app.focus.selection.size > 0 || app.focus.isFiltering, {
      name: 'Clear the selection and all filters',
      run: () => app.focus.clear(),
    }),
    ...onlyIf(current !== null, {
      name: app.pins.has(anchor) ? 'Unpin the anchor' : 'Pin the anchor',
      run: () => app.pins.toggle(anchor),
    }),
    ...(['bin', 'label', 'verdict'] as const).map((name) => colouredBy(name, name)),
    ...onlyIf(app.library.pictures.columns.splits.length > 0, colouredBy('split', 'split')),
    ...app.numbers.columns.map(({ name }) => colouredBy(name, numberWords[name].name)),
  ];
}

function labelActions(app: AppState): Action[] {
  const { focus, library, mapLook, pages } = app;
  const { pictures } = library;
  const single = pages.current === 'library' ? app.libraryPage.chosenId : app.anchor.id;
  const left = pictures.columns.ids.filter((_, row) => mapLook.matches?.[row] === 1);
  return [
    ...onlyIf(single !== null && pictures.rowOf(single) >= 0, {
      name: `Label “${pictures.nameOf(single ?? -1)}”`,
      run: () => askForLabels(app, [single ?? -1]),
    }),
    ...onlyIf(focus.selection.size > 0, {
      name: `Label ${countOf(focus.selection.size, 'selected picture')}`,
      run: () => askForLabels(app, focus.selection),
    }),
    ...onlyIf(left.length > 0, {
      name: `Label ${countOf(left.length, 'picture')} that the filters leave`,
      run: () => askForLabels(app, left),
    }),
  ];
}

function reviewActions(app: AppState): Action[] {
  const { review } = app;
  const isJudging = app.pages.current === 'review' && review.current !== null;
  return [
    ...queueOrders.map(({ value, label }) => ({
      name: `Review: order by ${label.toLowerCase()}`,
      run: () => {
        review.closeGiven();
        review.order = value;
        app.pages.go('review');
      },
    })),
    ...answers
      .map(({ kind, title, text }) => ({
        name: `Review: ${title.toLowerCase()} (${text})`,
        run: () => answerPair(app, kind),
      }))
      .filter(() => isJudging),
    ...(['mask', 'attract'] as const)
      .filter((use) => trainAgainProblem(app, use) === '')
      .map((use) => ({
        name: trainAgainLabel(app.runs.current, use, `Train “${app.runs.current?.name}” again`),
        run: () => void trainAgain(app, use),
      })),
  ];
}

function compareActions(app: AppState): Action[] {
  const { comparison } = app;
  const current = app.runs.current;
  const others = app.runs.list.filter(({ run, embedded }) => embedded && run !== current?.run);
  const isComparing = comparison.result !== null;
  return [
    ...(current?.embedded ? others : []).map((other) => ({
      name: `Compare “${current?.name}” with “${other.name}”`,
      run: () => {
        comparison.show({ run: current?.run ?? 0 }, { run: other.run });
        app.pages.go('compare');
      },
    })),
    {
      name: 'Compare: the table of all runs',
      run: () => {
        comparison.tab = 'runs';
        app.pages.go('compare');
      },
    },
    ...onlyIf(comparison.pair !== null, {
      name: 'Compare: swap the two runs',
      run: () => comparison.swap(),
    }),
    ...onlyIf(isComparing, {
      name: `Compare: ${comparison.hasTrails ? 'hide' : 'show'} the trails between both positions`,
      run: () => (comparison.hasTrails = !comparison.hasTrails),
    }),
    ...colourings
      .filter(() => isComparing)
      .map((colouring) => ({
        name: `Compare: colour by ${colouringWords[colouring]}`,
        run: () => {
          comparison.colouring = colouring;
          comparison.tab = 'pair';
          app.pages.go('compare');
        },
      })),
  ];
}
