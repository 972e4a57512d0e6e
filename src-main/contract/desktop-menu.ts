import './errors/without-eval.ts';
import { z } from 'zod';
import { pageNames } from './pages.ts';

/** Light, dark, or what the system says. */
export const themeChoices = ['light', 'dark', 'system'] as const;
export type ThemeChoice = (typeof themeChoices)[number];

/** What the shell's menu has the page do, by the actions that its own buttons, keys and palette have. */
export type WindowAction =
  | 'choose-folder'
  | 'choose-library'
  | 'choose-engine'
  | 'preferences'
  | 'import'
  | 'export'
  | 'find'
  | 'palette'
  | 'shortcut-sheet';

/** What the shell's menu has to know of the page: what makes sense there, and what is chosen. */
export const menuState = z.object({
  hasLibrary: z.boolean(),
  /** Whether a dialog lies over the page, which then takes no orders. */
  isInDialog: z.boolean(),
  page: z.enum(pageNames),
  theme: z.enum(themeChoices),
  canUndo: z.boolean(),
  canRedo: z.boolean(),
});
export type MenuState = z.infer<typeof menuState>;
