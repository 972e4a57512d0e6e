import { EngineError } from '../contract/errors/errors.ts';
import { readAnnouncements } from './announcement.ts';
import { dropKeptToken } from './kept-address.ts';

/**
 * Has the next server of this user make a new token, after which the former one opens nothing.
 * @throws EngineError bad-argument while a server runs, which would go on with the former one
 */
export function forgetToken(dataFolder: string): void {
  for (const one of readAnnouncements(dataFolder)) {
    if (!('found' in one) || !one.found.hasPage) continue;
    const { origin, pid } = one.found;
    throw new EngineError(
      'bad-argument',
      `A server with the former token runs at ${origin} (process ${pid}): end it by Ctrl+C, then use --new-token.`,
    );
  }
  dropKeptToken(dataFolder);
}
