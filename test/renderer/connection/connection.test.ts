import { describe, expect, it } from 'vitest';
import type { EngineClient } from '../../../src-main/contract/client.ts';
import { EngineError } from '../../../src-main/contract/errors/errors.ts';
import { Connection } from '../../../src-renderer/connection/connection.svelte.ts';
import { AnsweringClient } from '../answering-client.ts';

/** A connection to one client after another, each lost when the test says so. */
function connectionToEach(...clients: readonly EngineClient[]) {
  const ends: ((reason: string) => void)[] = [];
  const waiting = [...clients];
  const connection = new Connection(() => {
    const client = waiting.shift();
    if (!client) throw new EngineError('disconnected', 'The engine does not answer.');
    const closed = Promise.withResolvers<string>();
    ends.push(closed.resolve);
    return Promise.resolve({ client, closed: closed.promise });
  });
  return { connection, ends };
}

describe('the connection, with clients that answer no devices', () => {
  it('carries calls once it is open, and refuses them before', async () => {
    const client = new AnsweringClient({ 'devices.list': () => [] });
    const { connection } = connectionToEach(client);
    expect(connection.state).toBe('connecting');
    await expect(connection.call('devices.list', {})).rejects.toMatchObject({
      code: 'disconnected',
      message: 'There is no connection to the engine.',
    });
    await connection.open();
    expect(connection.state).toBe('open');
    expect(await connection.call('devices.list', {})).toEqual([]);
  });

  it('tells why it could not be opened', async () => {
    const { connection } = connectionToEach();
    await connection.open();
    expect([connection.state, connection.reason]).toEqual(['lost', 'The engine does not answer.']);
  });

  it('tells why it was lost, and refuses calls from then on', async () => {
    const { connection, ends } = connectionToEach(
      new AnsweringClient({ 'devices.list': () => [] }),
    );
    await connection.open();
    ends[0]?.('The server ends.');
    await expect.poll(() => connection.state).toBe('lost');
    expect(connection.reason).toBe('The server ends.');
    await expect(connection.call('devices.list', {})).rejects.toThrow('no connection');
  });

  it('keeps its listeners over a reconnection, those that came before and after the first', async () => {
    const [first, second] = [new AnsweringClient({}), new AnsweringClient({})];
    const { connection } = connectionToEach(first, second);
    const heard: string[] = [];
    connection.on('library', () => heard.push('early'));
    await connection.open();
    const stopLate = connection.on('library', () => heard.push('late'));
    first.tell('library', {});
    expect(heard).toEqual(['early', 'late']);
    await connection.open();
    second.tell('library', {});
    expect(heard).toEqual(['early', 'late', 'early', 'late']);
    stopLate();
    second.tell('library', {});
    expect(heard.slice(4)).toEqual(['early']);
  });

  it('does not bring back a listener that was stopped before it was open', async () => {
    const client = new AnsweringClient({});
    const { connection } = connectionToEach(client);
    const heard: string[] = [];
    connection.on('verdicts', () => heard.push('verdicts'))();
    await connection.open();
    client.tell('verdicts', {});
    expect(heard).toEqual([]);
  });
});
