import { beforeEach, describe, expect, it } from 'vitest';
import { EditWatch } from '../../../../src-renderer/app/undo/edit-watch.ts';
import { UndoHistory } from '../../../../src-renderer/app/undo/undo-history.svelte.ts';

let history: UndoHistory;
let time: number;
let knob: number;
let watch: EditWatch<number>;

/** Turns the knob at a time in ms. */
function turn(at: number, value: number): void {
  time = at;
  knob = value;
  watch.look(true);
}

beforeEach(() => {
  history = new UndoHistory();
  time = 0;
  knob = 1;
  watch = new EditWatch(history, () => time, {
    name: (before, after) => `${before} to ${after}`,
    read: () => knob,
    write: (value) => (knob = value),
    isSame: (a, b) => a === b,
  });
  watch.look(true);
});

describe('a watched value', () => {
  it('is no edit when it is first seen, nor while it stays', () => {
    turn(5000, 1);
    expect(history.toUndo).toBeNull();
  });

  it('is put back and made again', async () => {
    turn(1000, 2);
    turn(2000, 3);
    expect(history.toUndo).toBe('2 to 3');
    await history.undo();
    expect(knob).toBe(2);
    watch.look(true);
    await history.undo();
    watch.look(true);
    expect([knob, history.toUndo]).toEqual([1, null]);
    await history.redo();
    watch.look(true);
    expect([knob, history.toUndo, history.toRedo]).toEqual([2, '1 to 2', '2 to 3']);
  });

  it('is one edit while it is dragged: less than 0.8 s from change to change', async () => {
    turn(1000, 2);
    turn(1700, 3);
    turn(2499, 4);
    expect(history.toUndo).toBe('1 to 4');
    turn(3299, 5);
    expect(history.toUndo).toBe('4 to 5');
    await history.undo();
    await history.undo();
    expect([knob, history.toUndo]).toEqual([1, null]);
  });

  it('begins a new edit where another change came between, however soon', async () => {
    turn(1000, 2);
    history.add({ name: 'the pins', undo: () => undefined, redo: () => undefined });
    turn(1100, 3);
    expect(history.toUndo).toBe('2 to 3');
    await history.undo();
    expect([knob, history.toUndo]).toEqual([2, 'the pins']);
  });

  it('begins a new edit after one was taken back, however soon', async () => {
    turn(1000, 2);
    await history.undo();
    turn(1010, 7);
    expect(history.toUndo).toBe('1 to 7');
    await history.undo();
    expect(knob).toBe(1);
  });

  it('that changes while a library is opened is no edit', () => {
    knob = 9;
    watch.look(false);
    turn(1000, 10);
    expect(history.toUndo).toBeNull();
    turn(2000, 11);
    expect(history.toUndo).toBe('10 to 11');
  });
});
