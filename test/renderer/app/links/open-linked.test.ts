import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { AppState } from '../../../../src-renderer/app/app-state.svelte.ts';
import { openLinked } from '../../../../src-renderer/app/links/open-linked.ts';
import { openEmojiEngine, pixelRun, type EmojiEngine } from '../emoji-engine.ts';
import { newApp } from '../../open-app.ts';

let engine: EmojiEngine;
let hash: string;
beforeAll(async () => {
  engine = await openEmojiEngine();
  hash = (await engine.client.call('library.samples', {})).hashes[20]!;
});
afterAll(async () => {
  await engine.close();
  vi.unstubAllGlobals();
});

let app: AppState;
beforeEach(async () => {
  ({ app } = newApp(() => engine.connect()));
  await app.start();
});

const noticed = (): string[] => app.notices.list.map(({ text }) => text);

describe('an address that links, on a real engine', () => {
  it('opens an anchor by the first digits of its hash, in Explore', async () => {
    await openLinked(app, `#anchor=${hash.slice(0, 12)}&run=${pixelRun}`);
    expect([app.pages.current, app.explanation.current?.anchor.hash]).toEqual(['explore', hash]);
    expect(noticed()).toEqual([]);
  });

  it('opens an anchor in the run on screen where it names none, or one that is gone', async () => {
    await openLinked(app, `#anchor=${hash}&run=77`);
    expect([app.runs.currentNumber, app.explanation.current?.anchor.hash]).toEqual([
      ...[pixelRun, hash],
    ]);
  });

  it('says that an anchor is of another library, and stays where it is', async () => {
    await openLinked(app, `#anchor=${'0'.repeat(64)}`);
    expect(noticed()).toEqual([
      'The linked anchor is not in this library: open the one it was linked from.',
    ]);
    expect([app.pages.current, app.anchor.id]).toEqual(['library', null]);
  });

  it('puts two runs side by side', async () => {
    await openLinked(app, '#compare=3,1');
    expect([app.pages.current, app.comparison.tab, app.comparison.pair]).toEqual([
      ...['compare', 'pair', [{ run: 3 }, { run: 1 }]],
    ]);
  });

  it('asks whether the verdicts of a run paid, with both runs side by side in the other tab', async () => {
    await openLinked(app, '#compare=3,1&pay=1');
    expect([app.pages.current, app.comparison.tab, app.pay.run]).toEqual(['compare', 'pay', 1]);
    expect(app.comparison.pair).toEqual([{ run: 3 }, { run: 1 }]);
  });

  it('of other addresses changes nothing', async () => {
    for (const fragment of ['', '#token=t', '#anchor=xyz']) await openLinked(app, fragment);
    expect([app.pages.current, app.anchor.id, noticed()]).toEqual(['library', null, []]);
  });
});

describe('the address that a window begins with', () => {
  it('is followed once the library is read', async () => {
    const { app: linked } = newApp(() => engine.connect(), `#anchor=${hash}`);
    await linked.start();
    expect(linked.explanation.current?.anchor.hash).toBe(hash);
  });

  it('is not followed where the window wrote it itself before it was loaded again', async () => {
    const { app: again, page } = newApp(() => engine.connect(), '#compare=1,2');
    page.history.state = { isOwn: true };
    await again.start();
    expect(again.comparison.pair).toBeNull();
  });

  it('is not followed where it was loaded again, also after its process was killed', async () => {
    const entries = vi.spyOn(performance, 'getEntriesByType');
    onTestFinished(() => entries.mockRestore());
    const navigation = { type: 'reload' } as unknown as PerformanceEntry;
    entries.mockImplementation((kind) => (kind === 'navigation' ? [navigation] : []));
    const { app: again, page } = newApp(() => engine.connect(), '#compare=1,2');
    await again.start();
    expect(again.comparison.pair).toBeNull();
    // A way to the engine that is found later may come with a link.
    page.history.state = null;
    page.location.hash = `#anchor=${hash}`;
    await again.start();
    expect(again.explanation.current?.anchor.hash).toBe(hash);
  });
});

describe('an address that changes', () => {
  it('is a link while there is an engine, and else the way to a new one', async () => {
    await app.followAddress(`#anchor=${hash}`);
    expect(app.explanation.current?.anchor.hash).toBe(hash);
    let isThere = false;
    const { app: waiting } = newApp(() => {
      if (!isThere) throw new Error('The engine does not answer.');
      return engine.connect();
    });
    await waiting.start();
    expect([waiting.connection.state, waiting.isReady]).toEqual(['lost', false]);
    isThere = true;
    await waiting.followAddress('#token=new');
    expect([waiting.isReady, waiting.library.pictures.count]).toEqual([true, 96]);
  });
});
