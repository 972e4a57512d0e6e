/** A key that is pressed; nothing is held, and nothing has the focus, unless told. */
export function keyPress(
  key: string,
  more: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>> & {
    readonly target?: object | null;
  } = {},
): KeyboardEvent {
  const held = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
  return {
    ...{ key, target: null, defaultPrevented: false },
    ...held,
    ...more,
    preventDefault() {
      (this as { defaultPrevented: boolean }).defaultPrevented = true;
    },
  } as KeyboardEvent;
}
