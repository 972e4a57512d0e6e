import type { AppState } from '../../../src-renderer/app/app-state.svelte.ts';
import { AnsweringClient } from '../answering-client.ts';
import { appOn } from '../open-app.ts';
import { verdictOf } from '../verdict-of.ts';
import { fiveNumbers, fivePictures } from './five-pictures.ts';

/** The state of a window with the five pictures, whose client answers their numbers and two verdicts. */
export async function fivePicturesApp(): Promise<AppState> {
  const client = new AnsweringClient({
    'runs.pictureNumbers': () => fiveNumbers,
    'pictures.marks': () => ({
      tags: [{ tag: 'odd', hashes: ['hash2', 'gone'] }],
      leftOut: ['hash4'],
    }),
    'verdicts.list': () => [
      verdictOf('hash1', 'hash3', 'same'),
      verdictOf('hash3', 'hash4', 'unsure'),
    ],
  });
  const app = await appOn(client);
  app.library.pictures = fivePictures;
  return app;
}
