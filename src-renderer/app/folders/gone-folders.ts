import { chooseNewPlace, topicOfGone, type FolderStates } from './move-folder.ts';

/** Says which folders of the library are not there any more, with a button to choose their new place. */
export function tellGoneFolders(app: FolderStates): void {
  for (const { path, isThere } of app.library.status?.folders ?? []) {
    if (isThere) continue;
    app.notices.fail(
      new Error(
        `The folder ${path} is not there any more: its pictures can be neither shown large nor embedded.`,
      ),
      { name: 'Choose where it is now…', run: () => void chooseNewPlace(app, path) },
      topicOfGone(path),
    );
  }
}
