import { isAbsolute } from 'node:path';
import { EngineError } from '../../contract/errors/errors.ts';
import type { UnmatchedRows } from '../../contract/label-rule.ts';
import type { EngineEvents } from '../session/engine-events.ts';
import type { LibrarySession } from '../session/library-session.ts';
import { libraryStatus } from '../session/library-status.ts';
import type { OpenLibraries } from '../session/open-libraries.ts';
import { listFolders } from '../store/folders.ts';
import type { Folder } from '../store/folders.ts';
import { listLabelEdits, saveLabelEdits } from '../store/label-edits.ts';
import { labelProblems } from '../store/label-problems.ts';
import type { MethodsOf } from './method-handlers.ts';

/**
 * Answers the methods on labels: rules of folders, and labels given by hand. Readers of files are loaded
 * only when they are needed.
 */
export function labelMethods(libraries: OpenLibraries, events: EngineEvents): MethodsOf<'labels'> {
  const changed = (session: LibrarySession): void => {
    session.forgetLabels();
    events.emit('library', {});
  };
  return {
    'labels.folders': async ({ folder }) => {
      if (folder !== undefined && !isAbsolute(folder)) {
        throw new EngineError('bad-argument', `"${folder}" is not an absolute path.`);
      }
      const { labelsOfFolders } = await import('../pictures/folder-labels.ts');
      return await labelsOfFolders(libraries.current?.library ?? null, folder);
    },
    'labels.browse': async ({ path }) => {
      const [{ browseImports }, { isLabelFile }] = await Promise.all([
        import('../exchange/import/browse-imports.ts'),
        import('../labels/label-file.ts'),
      ]);
      return browseImports(path, isLabelFile);
    },
    'labels.setRule': async ({ folder, rule }) => {
      const { changeRule } = await import('../labels/apply-rule.ts');
      const session = libraries.writable();
      let unmatched: UnmatchedRows | null = null;
      for (const one of foldersNamed(session, folder)) {
        unmatched = await changeRule(session.library, one, rule);
      }
      changed(session);
      return { ...libraryStatus(session), unmatched };
    },
    'labels.problems': () => labelProblems(libraries.opened().library),
    'labels.edit': ({ edits }) => {
      const session = libraries.writable();
      const former = saveLabelEdits(session.library, edits);
      changed(session);
      return { edits: former };
    },
    'labels.listByHand': () => ({ edits: listLabelEdits(libraries.opened().library) }),
    'labels.exportFile': async ({ all }) => {
      const { exportLabels } = await import('../labels/hand-label-files.ts');
      const session = libraries.opened();
      return exportLabels(session.library, session.samples(), all);
    },
    'labels.importFile': async ({ name, text }) => {
      const { importLabels } = await import('../labels/hand-label-files.ts');
      const session = libraries.writable();
      const report = importLabels(session.library, name, text);
      changed(session);
      return report;
    },
  };
}

function foldersNamed(session: LibrarySession, path: string | undefined): Folder[] {
  const folders = listFolders(session.library);
  if (path === undefined) return folders;
  const found = folders.filter((folder) => folder.path === path);
  if (found.length > 0) return found;
  throw new EngineError('not-found', `The folder ${path} was not scanned into this library.`);
}
