import { describe, expect, it } from 'vitest';
import type { KnownEncoder } from '../../../../src-main/contract/loaded-encoders.ts';
import { Encoders, runOfEncoder } from '../../../../src-renderer/app/runs/encoders.svelte.ts';
import { AnsweringClient, connectionTo } from '../../answering-client.ts';
import { runOf } from '../../run-of.ts';

/** An added encoder; of what was found in its file nothing is looked at here. */
function encoderOf(name: string, present = true): KnownEncoder {
  const unread = {} as Pick<KnownEncoder, 'description' | 'selfTest'>;
  return { ...unread, encoder: 1, name, identity: name, added: '', present };
}

const loaded = (run: number, encoder: string) => runOf(run, { kind: 'loaded', encoder });

describe('the run of an added encoder', () => {
  it('is the latest that it has embedded the pictures in', () => {
    const runs = [
      loaded(1, 'dino'),
      loaded(2, 'dino'),
      loaded(3, 'clip'),
      { ...loaded(4, 'dino'), embedded: false },
      runOf(5, { kind: 'trained', encoder: 'dino' }),
    ];
    expect(runOfEncoder(runs, 'dino')?.run).toBe(2);
    expect(runOfEncoder(runs, 'siglip')).toBeNull();
    expect(runOfEncoder([], 'dino')).toBeNull();
  });
});

describe('the added encoders, with a client that answers three', () => {
  it('that have embedded nothing yet are offered, where their files are there', async () => {
    const client = new AnsweringClient({
      'encoders.list': () => [encoderOf('dino'), encoderOf('clip'), encoderOf('gone', false)],
    });
    const encoders = new Encoders(await connectionTo(client));
    expect(encoders.notEmbedded([])).toEqual([]);
    await encoders.refresh();
    const offered = (...runs: Parameters<typeof encoders.notEmbedded>[0]) =>
      encoders.notEmbedded(runs).map(({ name }) => name);
    expect(offered()).toEqual(['dino', 'clip']);
    expect(offered(loaded(1, 'dino'))).toEqual(['clip']);
    expect(offered({ ...loaded(1, 'dino'), embedded: false })).toEqual(['dino', 'clip']);
  });
});
