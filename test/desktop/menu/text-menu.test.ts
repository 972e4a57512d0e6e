import { describe, expect, it } from 'vitest';
import type { EditFlags } from 'electron';
import { textMenu } from '../../../src-main/desktop/menu/text-menu.ts';

const flags = { canCopy: true, canPaste: true, canSelectAll: true } as EditFlags;

describe('the menu on text', () => {
  it('offers a text field what can be done in it', () => {
    const items = textMenu({ isEditable: true, selectionText: 'a', editFlags: flags });
    const on = items.filter(({ enabled }) => enabled === true).map(({ role }) => role);
    expect(on).toEqual(['copy', 'paste', 'selectAll']);
  });

  it('copies what is selected elsewhere, and is not there where nothing is', () => {
    const on = (selectionText: string) =>
      textMenu({ isEditable: false, selectionText, editFlags: flags }).map(({ role }) => role);
    expect(on('cat')).toEqual(['copy']);
    expect(on(' \n')).toEqual([]);
  });
});
