import type { EngineClient } from '../../src-main/contract/client.ts';
import { tellVerdict } from '../../src-renderer/app/actions/tell-verdict.ts';
import { AppState } from '../../src-renderer/app/app-state.svelte.ts';
import type { ConnectEngine } from '../../src-renderer/connection/connection.svelte.ts';
import { wayTo } from './answering-client.ts';
import { openWindow, type WindowStandIn } from './window-stand-in.ts';

export interface OpenApp {
  readonly app: AppState;
  readonly page: WindowStandIn;
}

/** The whole state of a window that has not begun yet, with a fragment in its address. */
export function newApp(connect: ConnectEngine, fragment = ''): OpenApp {
  const page = openWindow(fragment);
  const app = new AppState(connect, () => Date.UTC(2026, 0, 2));
  app.verdicts.onNews = (news) => tellVerdict(app, news);
  return { app, page };
}

/** The same, connected to a client; nothing was read of it yet. */
export async function appOn(client: EngineClient): Promise<AppState> {
  const { app } = newApp(wayTo(client));
  await app.connection.open();
  return app;
}
