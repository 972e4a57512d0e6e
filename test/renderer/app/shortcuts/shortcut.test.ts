import { beforeEach, describe, expect, it } from 'vitest';
import {
  isCommand,
  isInDialog,
  isPlain,
  isTyping,
} from '../../../../src-renderer/app/shortcuts/shortcut.ts';
import { keyPress } from '../../key-press.ts';
import { PageElement } from '../../page-element.ts';
import { openWindow, type WindowStandIn } from '../../window-stand-in.ts';

let page: WindowStandIn;
beforeEach(() => {
  page = openWindow();
});

const target = (kind: string): EventTarget => new PageElement(kind) as unknown as EventTarget;

describe('a key by itself', () => {
  it('is one of those that are asked for, with Shift or without', () => {
    expect(isPlain(keyPress('f'), 'f', 'F')).toBe(true);
    expect(isPlain(keyPress('F', { shiftKey: true }), 'f', 'F')).toBe(true);
    expect(isPlain(keyPress('g'), 'f', 'F')).toBe(false);
    expect(isPlain(keyPress('f'))).toBe(false);
  });

  it.each(['ctrlKey', 'metaKey', 'altKey'] as const)('is none while %s is held', (held) => {
    expect(isPlain(keyPress('f', { [held]: true }), 'f')).toBe(false);
  });

  it('belongs to a text field or a dialog where there is one', () => {
    expect(isPlain(keyPress('f', { target: target('textarea') }), 'f')).toBe(false);
    expect(isPlain(keyPress('f', { target: target('button') }), 'f')).toBe(true);
    page.isDialogOpen = true;
    expect(isInDialog()).toBe(true);
    expect(isPlain(keyPress('f'), 'f')).toBe(false);
  });
});

describe('a letter with Ctrl', () => {
  it('is the same with ⌘, as a capital too, but not with Alt', () => {
    expect(isCommand(keyPress('z', { ctrlKey: true }), 'z')).toBe(true);
    expect(isCommand(keyPress('z', { metaKey: true }), 'z')).toBe(true);
    expect(isCommand(keyPress('Z', { ctrlKey: true }), 'z')).toBe(true);
    expect(isCommand(keyPress('z'), 'z')).toBe(false);
    expect(isCommand(keyPress('z', { ctrlKey: true, altKey: true }), 'z')).toBe(false);
    expect(isCommand(keyPress('y', { ctrlKey: true }), 'z')).toBe(false);
  });

  it('is another one with Shift', () => {
    const shifted = keyPress('Z', { ctrlKey: true, shiftKey: true });
    expect([isCommand(shifted, 'z'), isCommand(shifted, 'z', true)]).toEqual([false, true]);
  });
});

it('knows where keys are text', () => {
  const kinds = ['input', 'select', 'textarea', 'button', 'a', 'summary'];
  expect(kinds.map((kind) => isTyping(target(kind)))).toEqual([
    ...[true, true, true, false, false, false],
  ]);
  expect(isTyping(Object.assign(new PageElement(), { isContentEditable: true }) as never)).toBe(
    true,
  );
  expect(isTyping(null)).toBe(false);
  expect(isTyping(new EventTarget())).toBe(false);
});
