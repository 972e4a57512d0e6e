import type { VerdictKind } from '../../src-main/contract/verdicts.ts';
import type { AppState } from '../app/app-state.svelte.ts';
import {
  answerAlike,
  answerPair,
  canJudgeAlike,
  inspectedPair,
  judgeInspected,
} from '../app/actions/judging.ts';
import { answers } from '../app/verdicts/verdict-words.ts';
import { isPlain, type Shortcut } from '../app/shortcuts/shortcut.ts';

/**
 * Keys that judge: on the Review page the pair, in Explore the negative in whose details the focus
 * is.
 */
export const judgingShortcuts: readonly Shortcut[] = [
  judging('F', 'same', 'Same thing: a false negative'),
  judging('T', 'different', 'Different: a true negative'),
  judging('U', 'unsure', 'Unsure'),
  {
    keys: ['Shift', 'F T U'],
    does: 'The same for every pair like it: between near-duplicates of both pictures',
    matches: (event, app) => event.shiftKey && hasAlike(app) && alikeVerdict(event) !== undefined,
    run: (app, event) => {
      const verdict = alikeVerdict(event);
      if (verdict !== undefined) void answerAlike(app, verdict.kind);
    },
  },
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
];

function judging(key: string, verdict: VerdictKind, does: string): Shortcut {
  return {
    keys: [key],
    does,
    matches: (event, app) =>
      isPlain(event, key, key.toLowerCase()) &&
      !(event.shiftKey && hasAlike(app)) &&
      (hasPair(app) || isInDetails(event, app)),
    run: (app) => (isReviewing(app) ? answerPair(app, verdict) : judgeInspected(app, verdict)),
  };
}

/** The verdict whose letter was pressed. */
function alikeVerdict(event: KeyboardEvent): (typeof answers)[number] | undefined {
  return answers.find(({ key }) => isPlain(event, key, key.toLowerCase()));
}

/** Whether there are pairs like the one on screen to judge with it. */
function hasAlike(app: AppState): boolean {
  return hasPair(app) && canJudgeAlike(app.review.current);
}

function isReviewing({ pages }: AppState): boolean {
  return pages.current === 'review';
}

function hasPair(app: AppState): boolean {
  return isReviewing(app) && app.review.current !== null && app.review.openConflict === null;
}

/** The focus is in the details of a negative; elsewhere in Explore the same letters mean other things. */
function isInDetails({ target }: KeyboardEvent, app: AppState): boolean {
  if (inspectedPair(app) === null || !(target instanceof HTMLElement)) return false;
  return target.closest('[data-judged-here]') !== null;
}

/** Space presses a focused control. */
function isControl({ target }: KeyboardEvent): boolean {
  return target instanceof HTMLElement && target.matches('button, input, summary, a');
}

/** What arrows move themselves. */
function isMovable({ target }: KeyboardEvent): boolean {
  return target instanceof HTMLElement && target.matches('input, [role=separator]');
}
