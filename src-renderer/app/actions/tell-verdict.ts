import type { AppState } from '../app-state.svelte.ts';
import { joinedWords } from '../verdicts/pair-words.ts';
import type { VerdictNews } from '../verdicts/verdict-history.svelte.ts';
import { changeTopic, takeBack } from './undo.ts';

/**
 * Tells of a verdict in a notice that can take it back. Review says it beside the pair itself, unless
 * large groups were joined, whose pictures the notice offers to look at.
 */
export function tellVerdict(app: AppState, { text, joins, edit }: VerdictNews): void {
  const undo = { name: 'Undo', run: (): void => void takeBack(app, edit) };
  const [first] = joins;
  if (first === undefined) {
    if (app.pages.current !== 'review') app.notices.show(text, undo, changeTopic);
    return;
  }
  const look = (): void => void (app.verdicts.lookedAt = { ...first, edit });
  app.notices.show(`${text} ${joinedWords(joins)}`, undo, changeTopic, {
    name: 'Look at both',
    run: look,
  });
}
