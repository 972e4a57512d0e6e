import type { AppState } from '../app-state.svelte.ts';
import type { VerdictNews } from '../verdicts/verdict-history.svelte.ts';
import { changeTopic, takeBack } from './undo.ts';

/** Tells of a verdict in a notice that can take it back; Review says it beside the pair itself. */
export function tellVerdict(app: AppState, { text, edit }: VerdictNews): void {
  if (app.pages.current === 'review') return;
  const run = (): void => void takeBack(app, edit);
  app.notices.show(text, { name: 'Undo', run }, changeTopic);
}
