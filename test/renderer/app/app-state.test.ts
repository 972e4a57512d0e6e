import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { setLabels } from '../../../src-renderer/app/actions/set-labels.ts';
import { redo, undo } from '../../../src-renderer/app/actions/undo.ts';
import type { AppState } from '../../../src-renderer/app/app-state.svelte.ts';
import { waitForState } from '../../contract/wait-for-job.ts';
import { openEmojiEngine, pixelRun, type EmojiEngine } from './emoji-engine.ts';
import { newApp } from '../open-app.ts';
import type { WindowStandIn } from '../window-stand-in.ts';

let engine: EmojiEngine;
let app: AppState;
let page: WindowStandIn;
beforeAll(async () => {
  engine = await openEmojiEngine();
  ({ app, page } = newApp(() => engine.connect()));
  await app.start();
});
afterAll(async () => {
  await engine.close();
  vi.unstubAllGlobals();
});

const noticed = (): string[] => app.notices.list.map(({ text }) => text);
const hashAt = (row: number): string => app.library.pictures.hashAt(row);
const idAt = (row: number): number => app.library.pictures.idAt(row);

describe('the window on a real engine', () => {
  it('begins with what the library has, in the Library where no run has a map', () => {
    expect([app.isReady, app.connection.state, app.library.pictures.count]).toEqual([
      ...[true, 'open', 96],
    ]);
    expect([app.runs.currentNumber, app.pages.current, app.pages.chosen]).toEqual([
      ...[pixelRun, 'library', null],
    ]);
    expect(app.devices.chosen).not.toBeNull();
    expect(noticed()).toEqual([]);
  });

  it('explains the anchor that is chosen, and has it in its address', async () => {
    await app.chooseAnchor(idAt(3));
    expect(app.explanation.current).toMatchObject({ anchor: { id: idAt(3) }, candidates: 95 });
    expect(page.location.hash).toBe(`#anchor=${hashAt(3)}&run=${pixelRun}`);
    expect(page.history.state).toEqual({ isOwn: true });
    app.explore.inspectedId = idAt(4);
    await app.chooseAnchor(idAt(5));
    expect([app.explore.inspectedId, app.explore.openBin]).toEqual([null, null]);
    app.anchor.back();
    await app.explainAnchor();
    expect(app.explanation.current?.anchor.id).toBe(idAt(3));
  });

  it('explains nothing without an anchor, and its address has none', async () => {
    app.anchor.clear();
    await app.explainAnchor();
    expect([app.explanation.current, app.shownNegatives, page.location.hash]).toEqual([
      ...[null, null, ''],
    ]);
  });

  it('compares the anchor with what it is told to', async () => {
    await app.chooseAnchor(idAt(3));
    await app.compareWith('batch');
    expect(app.explanation.current?.batch).not.toBeNull();
    await app.compareWith('training');
    expect([app.ledger.current, app.ledger.problem === '', noticed()]).toEqual([null, false, []]);
    expect(app.shownNegatives).toBeNull();
    await app.compareWith('library');
    expect(app.explanation.current?.batch).toBeNull();
  });

  it('says that a run is not there', async () => {
    await app.chooseRun(99);
    expect(noticed()[0]).toContain('99');
    await app.chooseRun(pixelRun);
    app.notices.list = [];
    expect(app.explanation.current?.anchor.id).toBe(idAt(3));
  });

  it('shows verdicts that others give, and that the explanation is older', async () => {
    expect(app.explanation.isOutdated).toBe(false);
    await engine.client.call('verdicts.set', { pair: [hashAt(0), hashAt(1)], verdict: 'same' });
    await expect.poll(() => app.judged.kindOf(hashAt(0))).toBe('same');
    expect(app.explanation.isOutdated).toBe(true);
    await expect.poll(() => app.judged.pairs.inForce(hashAt(0), hashAt(1))).toBe('same');
    await app.explainAnchor();
    expect(app.explanation.isOutdated).toBe(false);
  });

  it('takes changes back and makes them again, and says which', async () => {
    await setLabels(app, 'none');
    expect(app.library.pictures.columns.labels).toEqual([]);
    await undo(app);
    expect(app.library.pictures.columns.labels).toHaveLength(8);
    await redo(app);
    expect(app.library.pictures.columns.labels).toEqual([]);
    expect(noticed()).toEqual([
      ...['Now 0 labels, 96 pictures without one.', 'Made again: the rule for labels.'],
    ]);
    await undo(app);
    expect(noticed().at(-1)).toBe('Taken back: the rule for labels.');
    await setLabels(app, 'folder');
    expect(app.undoHistory.toUndo).toBeNull();
    app.notices.list = [];
    await undo(app);
    expect(noticed()).toEqual(['Nothing is left to take back.']);
  });

  it('shows the map that was asked for, and says that it is there', async () => {
    const job = await app.jobs.start('map', { run: pixelRun, method: 'pca' });
    await waitForState(engine.client, job.job);
    await expect.poll(noticed).toContain('The map of “raw pixels” is ready.');
    expect(app.runs.shown?.ids).toHaveLength(96);
    expect(app.runs.current?.mapped).toBe(true);
    expect(app.explanation.current?.anchor.id).toBe(idAt(3));
  });

  it('says why the starter encoder cannot be taken', async () => {
    app.notices.list = [];
    await app.startWithStarter();
    await expect.poll(() => app.notices.list.some(({ kind }) => kind === 'error')).toBe(true);
    expect(app.jobs.list.at(-1)?.kind).toBe('embed');
  });
});

describe('the window on another library', () => {
  it('scans the folder that is opened, and has forgotten the one before', async () => {
    const file = app.library.status?.file ?? '';
    app.trainForm.epochs = 7;
    app.focus.toggleLabel('clothing');
    const folder = `${app.library.status?.folders[0]?.path ?? ''}/clothing`;
    await app.openFolder(folder, 'none');
    await expect.poll(() => app.library.pictures.count).toBe(12);
    expect([app.pages.current, app.runs.current, app.anchor.id]).toEqual(['library', null, null]);
    expect([app.explanation.current, app.trainForm.epochs, app.focus.isFiltering]).toEqual([
      ...[null, 30, false],
    ]);
    await app.openLibraryFile(file);
    expect([app.library.pictures.count, app.runs.currentNumber]).toEqual([96, pixelRun]);
  });

  it('stays on the one that is open where a folder is not there', async () => {
    app.notices.list = [];
    await app.openFolder('/there/is/no/such/folder');
    expect(noticed()[0]).toContain('/there/is/no/such/folder');
    expect([app.library.pictures.count, app.recall.isLive]).toEqual([96, true]);
  });
});
