import type { FolderLabels } from '../../../src-main/contract/label-rule.ts';
import type { LabelProblems } from '../../../src-main/contract/labels.ts';
import type { Connection } from '../../connection/connection.svelte.ts';
import { latestOnly } from '../../connection/latest-only.ts';

interface LabelNews {
  readonly folders: readonly FolderLabels[];
  readonly problems: LabelProblems;
}

const noProblems: LabelProblems = { conflicts: [], shared: [] };

/** What the scanned folders suggest for labels, and the pictures whose files disagree. */
export class LabelRules {
  folders = $state.raw<readonly FolderLabels[]>([]);
  problems = $state.raw<LabelProblems>(noProblems);
  /** The scanned folder whose dialog for the rule is open, by path; null while it is closed. */
  openFolder = $state<string | null>(null);
  readonly #load;

  constructor(connection: Connection) {
    this.#load = latestOnly<'all', LabelNews>(
      async () => {
        const [folders, problems] = await Promise.all([
          connection.call('labels.folders', {}),
          connection.call('labels.problems', {}),
        ]);
        return { folders, problems };
      },
      ({ folders, problems }) => {
        this.folders = folders;
        this.problems = problems;
      },
    );
  }

  /** Reads both of the open library. */
  load(): Promise<void> {
    return this.#load('all');
  }

  clear(): void {
    this.#load.drop();
    this.folders = [];
    this.problems = noProblems;
    this.openFolder = null;
  }
}
