import { readAnchorLink, type AnchorLink } from './anchor-link.ts';
import type { AppState } from './app-state.svelte.ts';
import { readCompareLink } from './compare-link.ts';

/** Opens what the fragment of an address links to in the open library: two runs, or an anchor in its run. */
export async function openLinked(app: AppState, fragment: string): Promise<void> {
  const compared = readCompareLink(fragment);
  if (compared) {
    const [a, b] = compared;
    app.comparison.choose({ run: a }, { run: b });
    app.comparison.tab = 'pair';
    app.places.go('compare');
  }
  const link = readAnchorLink(fragment);
  if (link) await openAnchor(app, link);
}

async function openAnchor(app: AppState, link: AnchorLink): Promise<void> {
  const { pictures } = app.library;
  const row = pictures.columns.hashes.findIndex((hash) => hash.startsWith(link.anchor));
  if (row < 0) {
    app.notices.tell('The linked anchor is not in this library: open the one it was linked from.');
    return;
  }
  const isRun = app.runs.existing.some(({ run }) => run === link.run);
  if (link.run !== null && isRun && link.run !== app.runs.currentNumber) {
    await app.attempt(() => app.runs.choose(link.run ?? 0));
  }
  app.places.go('explore');
  await app.chooseAnchor(pictures.idAt(row));
}
