import type { MenuState } from '../../src-main/contract/desktop-menu.ts';
import type { AppState } from '../app/app-state.svelte.ts';
import { isTyping } from '../app/shortcuts/shortcut.ts';
import type { DesktopBridge } from '../connection/desktop-bridge.ts';
import { openDialogs } from '../widgets/open-dialogs.svelte.ts';

/** Tells the desktop's menu what makes sense now, whenever that changes; to be called in a component. */
export function tellMenuState(app: AppState, desktop: DesktopBridge): void {
  let isInText = $state(false);
  let told = '';

  // While the focus moves from one element to the other, neither has it.
  const look = (): void => void setTimeout(() => (isInText = isTyping(document.activeElement)));
  $effect(() => {
    window.addEventListener('focusin', look);
    window.addEventListener('focusout', look);
    return () => {
      window.removeEventListener('focusin', look);
      window.removeEventListener('focusout', look);
    };
  });
  $effect(() => {
    const state = menuStateOf(app, isInText);
    const text = JSON.stringify(state);
    if (text === told) return;
    told = text;
    desktop.setMenuState(state);
  });
}

function menuStateOf(app: AppState, isInText: boolean): MenuState {
  const { library, pages, theme, undoHistory } = app;
  const isInDialog = openDialogs.count > 0;
  return {
    hasLibrary: app.isReady && library.isOpen,
    isInDialog,
    page: pages.current,
    theme: theme.choice,
    canUndo: isInText || (undoHistory.toUndo !== null && !isInDialog),
    canRedo: isInText || (undoHistory.toRedo !== null && !isInDialog),
  };
}
