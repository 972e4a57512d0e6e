import type { VerdictKind } from '../../src-main/contract/verdicts.ts';
import type { AppState } from '../app/app-state.svelte.ts';
import { answerPair, inspectedPair, judgeInspected, undoVerdict } from '../app/actions/judging.ts';
import {
  isCommand,
  isInDialog,
  isPlain,
  isTyping,
  type Shortcut,
} from '../app/shortcuts/shortcut.ts';

/**
 * Keys that judge: on the Review page the pair, in Explore the negative whose numbers are shown.
 */
export const judgingShortcuts: readonly Shortcut[] = [
  judging('F', 'same', 'False negative pair: both show the same thing'),
  judging('T', 'different', 'True negative: they show different things'),
  judging('U', 'unsure', 'Unsure'),
  {
    keys: ['S', 'Space'],
    does: 'Skip the pair',
    matches: (event, app) =>
      hasPair(app) && (isPlain(event, 's', 'S') || (isPlain(event, ' ') && !isControl(event))),
    run: ({ review }) => review.skip(),
  },
  {
    keys: ['←', '→'],
    does: 'To the pair before, or behind',
    matches: (event, app) =>
      isReviewing(app) && isPlain(event, 'ArrowLeft', 'ArrowRight') && !isMovable(event),
    run: ({ review }, { key }) => review.step(key === 'ArrowLeft' ? -1 : 1),
  },
  {
    keys: ['N'],
    does: 'Write a note on the pair; Enter saves it',
    matches: (event, app) => hasPair(app) && isPlain(event, 'n', 'N'),
    run: () => document.getElementById('pair-note')?.focus(),
  },
  {
    keys: ['Ctrl', 'Z'],
    does: 'In Review: take the last verdict or skip back, however many there are',
    matches: (event, app) =>
      isReviewing(app) && isCommand(event, 'z') && !isTyping(event.target) && !isInDialog(),
    run: (app) => void undoVerdict(app),
  },
];

function judging(key: string, verdict: VerdictKind, does: string): Shortcut {
  return {
    keys: [key],
    does,
    matches: (event, app) =>
      isPlain(event, key, key.toLowerCase()) && (hasPair(app) || inspectedPair(app) !== null),
    run: (app) => (isReviewing(app) ? answerPair(app, verdict) : judgeInspected(app, verdict)),
  };
}

function isReviewing({ pages }: AppState): boolean {
  return pages.current === 'review';
}

function hasPair(app: AppState): boolean {
  return isReviewing(app) && app.review.current !== null && app.review.openConflict === null;
}

/** Space presses a focused control. */
function isControl({ target }: KeyboardEvent): boolean {
  return target instanceof HTMLElement && target.matches('button, input, summary, a');
}

/** What arrows move themselves. */
function isMovable({ target }: KeyboardEvent): boolean {
  return target instanceof HTMLElement && target.matches('input, [role=separator]');
}
