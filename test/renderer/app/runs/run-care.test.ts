import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RunSummary } from '../../../../src-main/contract/runs.ts';
import { Notices } from '../../../../src-renderer/app/window/notices.svelte.ts';
import { RunCare } from '../../../../src-renderer/app/runs/run-care.svelte.ts';
import { UndoHistory } from '../../../../src-renderer/app/undo/undo-history.svelte.ts';
import { runToState } from '../../../contract/wait-for-job.ts';
import { openEmojiEngine, type EmojiEngine } from '../emoji-engine.ts';

let engine: EmojiEngine;
let notices: Notices;
let undoHistory: UndoHistory;
let care: RunCare;
let run: RunSummary;

async function read(): Promise<RunSummary> {
  const [only] = await engine.client.call('runs.list', { archived: true, deleted: true });
  return only!;
}

beforeAll(async () => {
  engine = await openEmojiEngine();
});
afterAll(() => engine.close());
beforeEach(async () => {
  [notices, undoHistory] = [new Notices(), new UndoHistory()];
  care = new RunCare({ connection: engine.connection, notices, undoHistory });
  run = await read();
});
const noticed = (): string[] => notices.list.map(({ text }) => text);

describe('the care of runs, by a real engine', () => {
  afterEach(async () => {
    // Every change of a test is taken back by its own undo: each test begins with the run as it was.
    while (undoHistory.toUndo !== null) await undoHistory.undo();
    expect(await read()).toEqual(run);
  });

  it('renames, and back', async () => {
    expect(await care.rename(run, 'grey pixels')).toBe(true);
    expect((await read()).name).toBe('grey pixels');
    expect(undoHistory.toUndo).toBe('the name of “raw pixels”');
    await undoHistory.undo();
    expect((await read()).name).toBe('raw pixels');
    await undoHistory.redo();
    expect((await read()).name).toBe('grey pixels');
  });

  it('tells why a name is refused, and there is nothing to take back', async () => {
    expect(await care.rename(run, '   ')).toBe(false);
    expect(noticed()).toEqual([expect.stringContaining('A run needs a name.')]);
    expect(undoHistory.toUndo).toBeNull();
  });

  it('changes nothing for the same name, note or tag', async () => {
    expect(await care.rename(run, run.name)).toBe(true);
    await care.note(run, run.note);
    expect(await care.addTag({ ...run, tags: ['mine'] }, 'mine')).toBe(true);
    expect(undoHistory.toUndo).toBeNull();
  });

  it('notes, and puts the note before back', async () => {
    await care.note(run, 'as it came');
    await care.note(await read(), 'looked at again');
    expect(undoHistory.toUndo).toBe('the note on “raw pixels”');
    await undoHistory.undo();
    expect((await read()).note).toBe('as it came');
  });

  it('puts tags on and takes them off', async () => {
    await care.addTag(run, 'baseline');
    await care.addTag(await read(), 'first');
    await care.removeTag(await read(), 'baseline');
    expect((await read()).tags).toEqual(['first']);
    await undoHistory.undo();
    expect((await read()).tags.toSorted()).toEqual(['baseline', 'first']);
    expect(await care.addTag(run, 'a, b')).toBe(false);
    expect(noticed()).toEqual([expect.stringContaining('A tag holds no comma')]);
  });

  it('archives with the way back in the notice, and unarchives', async () => {
    await care.archive(run, true);
    expect((await read()).archived).toBe(true);
    expect(noticed()).toEqual(['“raw pixels” is archived.']);
    notices.list[0]?.action?.run();
    await expect.poll(async () => (await read()).archived).toBe(false);
    await care.archive(run, true);
    notices.list = [];
    await care.archive(await read(), false);
    expect(undoHistory.toUndo).toBe('unarchiving “raw pixels”');
    expect([(await read()).archived, noticed()]).toEqual([false, []]);
  });

  it('deletes so that it can be restored, by undo or by hand', async () => {
    await care.delete(run);
    expect((await read()).deleted).not.toBeNull();
    expect(noticed()).toEqual(['“raw pixels” is deleted.']);
    await undoHistory.undo();
    expect((await read()).deleted).toBeNull();
    expect(noticed()).toEqual(['“raw pixels” is deleted.']);
    await undoHistory.redo();
    await care.restore(await read());
    expect((await read()).deleted).toBeNull();
    expect(undoHistory.toUndo).toBe('restoring “raw pixels”');
  });

  it('tells why a run that is not deleted cannot be restored', async () => {
    await care.restore({ ...run, run: 77 });
    expect(noticed()).toHaveLength(1);
    expect(undoHistory.toUndo).toBeNull();
  });
});

describe('a run whose name was taken meanwhile', () => {
  it('comes back by another, and says so', async () => {
    await care.delete(run);
    await runToState(engine.client, 'embed', { encoder: 'pixels', name: run.name });
    await undoHistory.undo();
    const names = (await engine.client.call('runs.list', {})).map(({ name }) => name);
    expect(names).toHaveLength(2);
    const other = names.find((name) => name !== run.name);
    expect(noticed().at(-1)).toBe(
      `“raw pixels” is back as “${other}”: another run has its name by now.`,
    );
  });
});
