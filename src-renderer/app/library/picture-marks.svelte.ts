import { SvelteMap } from 'svelte/reactivity';
import type { PictureMarks } from '../../../src-main/contract/picture-marks.ts';
import type { Connection } from '../../connection/connection.svelte.ts';
import { latestOnly } from '../../connection/latest-only.ts';

/** The mark of pictures left out of training; those of tags begin with `tag:`. */
export const leftOutMark = 'leftOut';

export function markOfTag(tag: string): string {
  return `tag:${tag}`;
}

/** What people marked pictures with, to find them again: tags, and being left out of training. */
export class PictureMarksState {
  #marks = $state.raw<PictureMarks>({ tags: [], leftOut: [] });
  readonly tags: readonly string[] = $derived(this.#marks.tags.map(({ tag }) => tag));
  readonly leftOut: ReadonlySet<string> = $derived(setOf(this.#marks.leftOut));
  /** The pictures with each mark, by content hash. */
  readonly byMark: ReadonlyMap<string, ReadonlySet<string>> = $derived.by(() => {
    const byMark = new SvelteMap<string, ReadonlySet<string>>();
    for (const { tag, hashes } of this.#marks.tags) byMark.set(markOfTag(tag), setOf(hashes));
    if (this.leftOut.size > 0) byMark.set(leftOutMark, this.leftOut);
    return byMark;
  });
  readonly refresh: () => Promise<void>;

  constructor(connection: Connection) {
    const read = latestOnly<'all', PictureMarks>(
      () => connection.call('pictures.marks', {}),
      (marks) => (this.#marks = marks),
    );
    this.refresh = () => read('all');
  }

  tagsOf(hash: string): string[] {
    return this.tags.filter((tag) => this.byMark.get(markOfTag(tag))?.has(hash));
  }

  clear(): void {
    this.#marks = { tags: [], leftOut: [] };
  }
}

function setOf(hashes: readonly string[]): ReadonlySet<string> {
  return new Set(hashes);
}
