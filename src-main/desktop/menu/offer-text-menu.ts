import { app, Menu } from 'electron';
import { textMenu } from './text-menu.ts';

/** Offers what can be done with the text that is clicked with the right button, in every window. */
export function offerTextMenu(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('context-menu', (_click, clicked) => {
      const template = textMenu(clicked);
      if (template.length > 0) Menu.buildFromTemplate(template).popup();
    });
  });
}
