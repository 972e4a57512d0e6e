import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { AppState } from '../../../src-renderer/app/app-state.svelte.ts';
import { openEmojiEngine, type EmojiEngine } from './emoji-engine.ts';
import { newApp } from '../open-app.ts';

let engine: EmojiEngine;
let app: AppState;
let lose: (reason: string) => void;
beforeAll(async () => {
  engine = await openEmojiEngine();
  ({ app } = newApp(() => {
    const closed = Promise.withResolvers<string>();
    lose = closed.resolve;
    return Promise.resolve({ client: engine.client, closed: closed.promise });
  }));
  await app.start();
});
afterAll(async () => {
  await engine.close();
  vi.unstubAllGlobals();
});

describe('a window that loses its engine', () => {
  it('keeps what is on screen, and tells no call that fails meanwhile', async () => {
    await app.chooseAnchor(app.library.pictures.idAt(6));
    app.focus.toggleLabel('clothing');
    lose('The engine ended.');
    await expect.poll(() => app.connection.state).toBe('lost');
    expect(app.connection.reason).toBe('The engine ended.');
    await app.chooseAnchor(app.library.pictures.idAt(7));
    expect(app.notices.list).toEqual([]);
    expect(app.library.pictures.count).toBe(96);
  });

  it('goes on where it was once there is one again, and hears its news', async () => {
    await app.start();
    expect([app.connection.state, app.isReady]).toEqual(['open', true]);
    expect(app.explanation.current?.anchor.id).toBe(app.library.pictures.idAt(7));
    expect([...app.focus.labels]).toEqual(['clothing']);
    const [first, second] = [0, 1].map((row) => app.library.pictures.hashAt(row));
    await engine.client.call('verdicts.set', { pair: [first!, second!], verdict: 'same' });
    await expect.poll(() => app.judged.kindOf(first!)).toBe('same');
  });
});
