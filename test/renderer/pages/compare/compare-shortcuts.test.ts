import { beforeEach, describe, expect, it } from 'vitest';
import { handleShortcut } from '../../../../src-renderer/shell/shortcuts.ts';
import { runKey, runKeys } from '../../../../src-renderer/pages/compare/runs/run-keys.ts';
import type { AppState } from '../../../../src-renderer/app/app-state.svelte.ts';
import { keyPress } from '../../key-press.ts';
import { openLibraryWindow, runs } from '../../library-window.ts';
import { PageElement } from '../../page-element.ts';
import { runOf } from '../../run-of.ts';

let app: AppState;
let deleted: unknown[] = [];

beforeEach(async () => {
  deleted = [];
  ({ app } = await openLibraryWindow({
    'runs.delete': ({ run }) => {
      deleted.push(run);
      return runs[0]!;
    },
  }));
});

describe('keys of two runs side by side', () => {
  const press = (key: string): boolean => {
    const event = keyPress(key);
    handleShortcut(event, app);
    return event.defaultPrevented;
  };

  it('swap them, and show or hide their trails', () => {
    app.pages.go('compare');
    app.comparison.show({ run: 1 }, { run: 2 });
    expect([press('x'), app.comparison.sides]).toEqual([true, [{ run: 2 }, { run: 1 }]]);
    expect([press('t'), app.comparison.hasTrails]).toEqual([true, true]);
    expect([press('t'), app.comparison.hasTrails]).toEqual([true, false]);
  });

  it('mean nothing over the table of runs, or elsewhere', () => {
    app.comparison.show({ run: 1 }, { run: 2 });
    app.pages.go('library');
    expect(press('x')).toBe(false);
    app.pages.go('compare');
    app.comparison.tab = 'runs';
    expect([press('x'), press('t')]).toEqual([false, false]);
    expect(app.comparison.sides).toEqual([{ run: 1 }, { run: 2 }]);
  });
});

describe('keys on a row of the table of runs', () => {
  const run = runOf(2);
  const press = (...[key, more]: Parameters<typeof keyPress>): boolean => {
    const event = keyPress(key, more);
    runKey(event, app, run);
    return event.defaultPrevented;
  };

  it('rename and delete the run', async () => {
    expect(press('F2')).toBe(true);
    expect(app.runTable.editing).toEqual({ run: 2, what: 'name' });
    expect(press('Delete')).toBe(true);
    await Promise.resolve();
    expect(deleted).toEqual([2]);
    expect(runKeys.map(({ keys }) => keys.join())).toEqual(['F2', 'Del']);
  });

  it('do nothing while its name is typed, to others, or to a run that is deleted', () => {
    expect(press('Delete', { target: new PageElement('input') })).toBe(false);
    expect([press('a'), press('F2', { ctrlKey: true })]).toEqual([false, false]);
    const event = keyPress('Delete');
    runKey(event, app, runOf(3, { deleted: '2026-01-02T00:00:00.000Z' }));
    expect([event.defaultPrevented, deleted, app.runTable.editing]).toEqual([false, [], null]);
  });
});
