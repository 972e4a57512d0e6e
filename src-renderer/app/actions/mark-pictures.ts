import { countOf } from '../../formats/formats.ts';
import type { AppState } from '../app-state.svelte.ts';
import type { Edit } from '../undo/undo-history.svelte.ts';
import { changeTopic, takeBack } from './undo.ts';

/** Puts a tag on pictures, by content hash, or takes it off them; an edit of the undo history. */
export async function tagPictures(
  app: AppState,
  hashes: readonly string[],
  tag: string,
  isTagged: boolean,
): Promise<void> {
  const put = (some: readonly string[], isOn: boolean) =>
    app.connection.call('pictures.tag', { hashes: [...some], tag, isTagged: isOn });
  await markPictures(app, hashes, isTagged, put, {
    name: `the tag “${tag}”`,
    done: isTagged ? `tagged “${tag}”` : `no longer tagged “${tag}”`,
  });
}

/** Leaves pictures out of the trainings to come, or lets them in; an edit of the undo history. */
export async function leaveOut(
  app: AppState,
  hashes: readonly string[],
  isLeftOut: boolean,
): Promise<void> {
  const put = (some: readonly string[], isOut: boolean) =>
    app.connection.call('pictures.leaveOut', { hashes: [...some], isLeftOut: isOut });
  await markPictures(app, hashes, isLeftOut, put, {
    name: 'what is left out of training',
    done: isLeftOut ? 'left out of training' : 'in training again',
  });
}

async function markPictures(
  app: AppState,
  hashes: readonly string[],
  isOn: boolean,
  put: (hashes: readonly string[], isOn: boolean) => Promise<{ readonly changed: string[] }>,
  { name, done }: { readonly name: string; readonly done: string },
): Promise<void> {
  const answer = await app.attempt(() => put(hashes, isOn));
  if (answer === null) return;
  const { changed } = answer;
  const text = `${countOf(changed.length, 'picture')} ${done}.`;
  if (changed.length === 0) {
    app.notices.show(text, undefined, changeTopic);
    return;
  }
  tell(app, text, {
    name: `${name} of ${countOf(changed.length, 'picture')}`,
    undo: () => app.attempt(() => put(changed, !isOn)),
    redo: () => app.attempt(() => put(changed, isOn)),
  });
}

function tell(app: AppState, text: string, edit: Edit): void {
  app.undoHistory.add(edit);
  const run = (): void => void takeBack(app, edit);
  app.notices.show(text, { name: 'Undo', run }, changeTopic);
}
