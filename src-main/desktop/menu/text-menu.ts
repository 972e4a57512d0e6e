import type { ContextMenuParams, MenuItemConstructorOptions } from 'electron';

type ClickedText = Pick<ContextMenuParams, 'isEditable' | 'selectionText' | 'editFlags'>;

/** What a click with the right button offers: in a text field, on selected text, or nothing. */
export function textMenu({
  isEditable,
  selectionText,
  editFlags: can,
}: ClickedText): MenuItemConstructorOptions[] {
  if (!isEditable) return selectionText.trim() === '' ? [] : [{ role: 'copy' }];
  return [
    { role: 'undo', enabled: can.canUndo },
    { role: 'redo', enabled: can.canRedo },
    { type: 'separator' },
    { role: 'cut', enabled: can.canCut },
    { role: 'copy', enabled: can.canCopy },
    { role: 'paste', enabled: can.canPaste },
    { type: 'separator' },
    { role: 'selectAll', enabled: can.canSelectAll },
  ];
}
