import { readAnchorLink, type AnchorLink } from './anchor-link.ts';
import type { LibraryState } from '../library/library.svelte.ts';
import { showPay } from '../pay/show-pay.ts';
import type { PayState } from '../pay/pay.svelte.ts';
import type { ComparisonState } from '../runs/comparison.svelte.ts';
import type { Runs } from '../runs/runs.svelte.ts';
import type { Notices } from '../window/notices.svelte.ts';
import type { Pages } from '../window/pages.svelte.ts';
import { readCompareLink, readPayLink } from './compare-link.ts';

/** What following a link reads and changes. */
interface LinkSurroundings {
  readonly library: Pick<LibraryState, 'pictures'>;
  readonly runs: Pick<Runs, 'existing' | 'currentNumber' | 'choose'>;
  readonly comparison: ComparisonState;
  readonly pages: Pages;
  readonly pay: PayState;
  readonly notices: Notices;
  chooseAnchor(id: number): Promise<void>;
}

/**
 * Opens what the fragment of an address links to in the open library: two runs, whether the verdicts of a run
 * paid, or an anchor in its run.
 */
export async function openLinked(app: LinkSurroundings, fragment: string): Promise<void> {
  const compared = readCompareLink(fragment);
  if (compared) {
    const [a, b] = compared;
    app.comparison.choose({ run: a }, { run: b });
    app.comparison.tab = 'pair';
    app.pages.go('compare');
  }
  const judged = readPayLink(fragment);
  if (judged !== null) showPay(app, judged);
  const link = readAnchorLink(fragment);
  if (link) await openAnchor(app, link);
}

async function openAnchor(app: LinkSurroundings, link: AnchorLink): Promise<void> {
  const { pictures } = app.library;
  const row = pictures.columns.hashes.findIndex((hash) => hash.startsWith(link.anchor));
  if (row < 0) {
    app.notices.show('The linked anchor is not in this library: open the one it was linked from.');
    return;
  }
  const isRun = app.runs.existing.some(({ run }) => run === link.run);
  if (link.run !== null && isRun && link.run !== app.runs.currentNumber) {
    await app.notices.attempt(() => app.runs.choose(link.run ?? 0));
  }
  app.pages.go('explore');
  await app.chooseAnchor(pictures.idAt(row));
}
