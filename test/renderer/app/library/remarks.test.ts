import { afterEach, describe, expect, it } from 'vitest';
import { newDecoding } from '../../../../src-main/contract/decoding.ts';
import type { LibraryStatus } from '../../../../src-main/contract/library.ts';
import { LibraryState } from '../../../../src-renderer/app/library/library.svelte.ts';
import { pictureBackground } from '../../../../src-renderer/connection/picture-background.svelte.ts';
import { pictureUrl, thumbnailUrl } from '../../../../src-renderer/connection/picture-urls.ts';
import { AnsweringClient, connectionTo } from '../../answering-client.ts';
import { picturesOf } from '../../pictures-of.ts';

const blank = [{ id: 2, path: 'b.png', blank: 'transparent' as const }];
const notes = [{ id: 1, path: 'a.jpg', note: 'Its file lacks the end marker of a JPEG.' }];

async function libraryWith(status: Partial<LibraryStatus>): Promise<LibraryState> {
  const client = new AnsweringClient({
    'library.status': () =>
      ({
        ...{ file: '/a.negatoscope', blank: 0, noted: 0, decoding: newDecoding },
        ...status,
      }) as LibraryStatus,
    'library.samples': () => picturesOf({ id: 1, path: 'a.jpg' }, { id: 2, path: 'b.png' }).columns,
    'library.skips': () => [],
    'labels.listByHand': () => ({ edits: [] }),
    'library.blank': () => blank,
    'library.notes': () => notes,
  });
  const library = new LibraryState(await connectionTo(client));
  await library.refresh();
  return library;
}

describe('what a library says of its pictures', () => {
  afterEach(() => (pictureBackground.name = 'white'));

  it('is read where there is something', async () => {
    const library = await libraryWith({ blank: 1, noted: 1 });
    expect([library.blank, library.notes]).toEqual([blank, notes]);
    const without = await libraryWith({});
    expect([without.blank, without.notes]).toEqual([[], []]);
  });

  it('puts another background into the addresses of pictures, which a window keeps', async () => {
    const hash = 'a'.repeat(64);
    await libraryWith({});
    expect([thumbnailUrl(hash), pictureUrl(hash, 320)]).toEqual([
      `/thumbnail/${hash}`,
      `/picture/${hash}?size=320`,
    ]);
    await libraryWith({ decoding: { ...newDecoding, background: 'black' } });
    expect([thumbnailUrl(hash), pictureUrl(hash, 320)]).toEqual([
      `/thumbnail/${hash}?on=black`,
      `/picture/${hash}?size=320&on=black`,
    ]);
  });
});
