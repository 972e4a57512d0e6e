import { describe, expect, it } from 'vitest';
import { UndoHistory, type Edit } from '../../../../src-renderer/app/undo/undo-history.svelte.ts';

/** A text that edits append to, each taken back by its own letter. */
function letters() {
  const history = new UndoHistory();
  const text = { value: '' };
  const type = (letter: string): Edit => {
    text.value += letter;
    return {
      name: letter,
      undo: () => (text.value = text.value.replace(letter, '')),
      redo: () => (text.value += letter),
    };
  };
  return { history, text, type };
}

describe('the undo history', () => {
  it('takes back and makes again in order, and says what comes next', async () => {
    const { history, text, type } = letters();
    for (const letter of 'abc') history.add(type(letter));
    expect([history.toUndo, history.toRedo]).toEqual(['c', null]);
    await history.undo();
    await history.undo();
    expect(text.value).toBe('a');
    expect([history.toUndo, history.toRedo]).toEqual(['a', 'b']);
    await history.redo();
    expect(text.value).toBe('ab');
    expect([history.toUndo, history.toRedo]).toEqual(['b', 'c']);
  });

  it('does nothing where nothing is left', async () => {
    const { history, text } = letters();
    await history.undo();
    await history.redo();
    expect(text.value).toBe('');
    expect([history.toUndo, history.toRedo]).toEqual([null, null]);
  });

  it('forgets what was taken back once something new is done', async () => {
    const { history, text, type } = letters();
    history.add(type('a'));
    await history.undo();
    history.add(type('b'));
    expect(history.toRedo).toBeNull();
    await history.redo();
    expect(text.value).toBe('b');
  });

  it('takes back one that is not the last, once, and makes it again last', async () => {
    const { history, text, type } = letters();
    const [first, second] = [type('a'), type('b')];
    history.add(first);
    history.add(second);
    expect([history.isLatest(first), history.isLatest(second)]).toEqual([false, true]);
    await history.takeBack(first);
    await history.takeBack(first);
    expect(text.value).toBe('b');
    expect([history.toUndo, history.toRedo]).toEqual(['b', 'a']);
    await history.redo();
    expect(history.toUndo).toBe('a');
    expect(text.value).toBe('ba');
  });

  it('has one change for one that goes on, and two where another came between', async () => {
    const { history, text, type } = letters();
    const former = type('a');
    history.add(former);
    history.extend(former, { ...type('b'), name: 'ab' });
    expect(history.toUndo).toBe('ab');
    await history.undo();
    expect([text.value, history.toUndo]).toEqual(['a', null]);
    history.add(former);
    history.add(type('c'));
    history.extend(former, type('d'));
    await history.undo();
    await history.undo();
    expect(history.toUndo).toBe('a');
  });

  it('passes on the error of a change that cannot be taken back', async () => {
    const history = new UndoHistory();
    const undo = (): Promise<never> => Promise.reject(new Error('the engine is gone'));
    history.add({ name: 'a verdict', undo, redo: () => undefined });
    await expect(history.undo()).rejects.toThrow('the engine is gone');
  });

  it('is empty for another library', async () => {
    const { history, type } = letters();
    history.add(type('a'));
    history.add(type('b'));
    await history.undo();
    history.clear();
    expect([history.toUndo, history.toRedo]).toEqual([null, null]);
  });
});
