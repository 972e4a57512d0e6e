import { formatCount } from '../../src-main/contract/format-count.ts';
import { countOf } from '../formats/formats.ts';
import type { AppState } from '../app/app-state.svelte.ts';

const shownAtMost = 8;

/**
 * What is typed in the search box and what that finds: by name or label, or by what pictures show.
 */
export class SearchForm {
  isOpen = $state(false);
  active = $state(0);
  readonly #app: AppState;
  #described = $state('');
  readonly byText = $derived.by(() => this.#app.textSearch.isOn);
  readonly text = $derived.by(() => (this.byText ? this.#described : this.#app.focus.query));
  readonly label = $derived(
    this.byText
      ? 'Describe what pictures show, and press Enter'
      : 'Search pictures by name or label',
  );
  readonly #rows = $derived.by(() =>
    this.byText || this.text.trim() === '' ? [] : this.#app.library.pictures.search(this.text),
  );
  /** What a search found for the text that is still there. */
  readonly #found = $derived.by(() => {
    const { found } = this.#app.textSearch;
    return found?.text === this.#described.trim() ? found : null;
  });
  readonly shown: readonly number[] = $derived.by(() =>
    this.byText
      ? [...(this.#found?.ids ?? [])].slice(0, shownAtMost)
      : this.#rows.slice(0, shownAtMost).map((row) => this.#app.library.pictures.idAt(row)),
  );
  readonly status = $derived.by(() =>
    this.byText ? this.#describedStatus() : this.#namedStatus(),
  );

  constructor(app: AppState) {
    this.#app = app;
  }

  /** What stands beside a picture that was found: its similarity to the text, or its label. */
  noteOf(id: number, index: number): string {
    if (this.byText) return (this.#found?.similarities[index] ?? 0).toFixed(3);
    return this.#app.library.pictures.labelOf(id) ?? '';
  }

  change(value: string): void {
    if (this.byText) this.#described = value;
    else this.#app.focus.query = value;
    this.isOpen = true;
    this.active = 0;
  }

  clear(): void {
    this.#app.focus.query = '';
    this.#described = '';
    this.isOpen = false;
  }

  move(step: number): void {
    this.active = Math.max(0, Math.min(this.active + step, this.shown.length - 1));
  }

  /** Searches for a new description; else makes the marked picture the anchor, and returns whether it did. */
  async enter(): Promise<boolean> {
    const marked = this.shown[this.active];
    if (this.byText && !this.#found) await this.#app.attempt(() => this.#findDescribed());
    else if (marked !== undefined) {
      this.choose(marked);
      return true;
    }
    return false;
  }

  /** Makes a picture the anchor; a search by name has found what it was for, and filters no more. */
  choose(id: number): void {
    this.isOpen = false;
    this.#app.focus.query = '';
    this.#app.pages.go('explore');
    void this.#app.chooseAnchor(id);
  }

  switchMode(): void {
    this.clear();
    this.#app.textSearch.isOn = !this.#app.textSearch.isOn;
  }

  async #findDescribed(): Promise<void> {
    const { runs, textSearch, focus, pages } = this.#app;
    const run = runs.embeddedNumber;
    const wanted = this.#described.trim();
    if (run === null || wanted === '' || textSearch.isBusy) return;
    const found = await textSearch.search(run, wanted);
    if (!found) return;
    this.active = 0;
    this.#app.explore.isListOfSelection = true;
    focus.select(found.ids, 'replace');
    pages.go('explore');
  }

  #namedStatus(): string {
    if (this.#rows.length === 0) return 'No picture has that name or label.';
    return `${formatCount(this.#rows.length)} found · Enter makes the marked one the anchor`;
  }

  #describedStatus(): string {
    if (this.#app.textSearch.isBusy) return 'Searching… The first search loads the text tower.';
    if (!this.#found) return 'Enter searches the pictures of this run for what you describe.';
    const { cut, ids } = this.#found;
    const note = cut ? ` · only the first ${cut.read} of ${cut.tokens} tokens were read` : '';
    return `${countOf(ids.length, 'picture')} most like it selected · Enter makes the marked one the anchor${note}`;
  }
}
