import { beforeEach, describe, expect, it } from 'vitest';
import { EngineError } from '../../../../src-main/contract/errors/errors.ts';
import type { AnchorLedger } from '../../../../src-main/contract/ledger.ts';
import { AnchorLedgerState } from '../../../../src-renderer/app/anchor/anchor-ledger.svelte.ts';
import { AnsweringClient, connectionTo } from '../../answering-client.ts';
import { ledgerOf } from '../../ledger-of.ts';

const epochs = [2, 5, 9];
let answer: (epoch: number | undefined) => AnchorLedger | Promise<AnchorLedger>;
let client: AnsweringClient;
let ledger: AnchorLedgerState;
beforeEach(async () => {
  answer = (epoch = 9) => ledgerOf(epoch, epochs);
  client = new AnsweringClient({ 'anchor.ledger': ({ epoch }) => answer(epoch) });
  ledger = new AnchorLedgerState(await connectionTo(client));
});

const shown = (): unknown[] => [ledger.current?.epoch, ledger.before?.epoch, ledger.problem];

describe('an anchor’s ledger, with a client that answers three recorded epochs', () => {
  it('is the last epoch and the recorded one before it', async () => {
    await ledger.load(1, 'hash1');
    expect(shown()).toEqual([9, 5, '']);
  });

  it('has nothing before the first recorded epoch', async () => {
    await ledger.load(1, 'hash1', 2);
    expect(shown()).toEqual([2, undefined, '']);
  });

  it('costs nothing where an epoch was looked at before, and is read anew of another anchor', async () => {
    await ledger.load(1, 'hash1', 9);
    await ledger.load(1, 'hash1', 5);
    await ledger.load(1, 'hash1', 9);
    const asked = (): unknown[] =>
      client.inputsOf('anchor.ledger').map((input) => (input as { epoch: number }).epoch);
    expect(asked()).toEqual([9, 5, 2]);
    expect(shown()).toEqual([9, 5, '']);
    await ledger.load(1, 'hash2', 9);
    expect(asked()).toEqual([9, 5, 2, 9, 5]);
  });

  it('says in a sentence why there is none', async () => {
    await ledger.load(1, 'hash1');
    answer = () => {
      throw new EngineError('not-found', 'Run 1 kept no ledger.');
    };
    await ledger.load(1, 'hash3');
    expect(shown()).toEqual([undefined, undefined, 'Run 1 kept no ledger.']);
    ledger.clear();
    expect(ledger.problem).toBe('');
  });

  it('passes on every other failure', async () => {
    answer = () => {
      throw new EngineError('library-unreadable', 'The library cannot be read.');
    };
    await expect(ledger.load(1, 'hash1')).rejects.toThrow('cannot be read');
    expect(ledger.problem).toBe('');
  });

  it('does not come back late after it was cleared', async () => {
    await ledger.load(1, 'hash1');
    const late = Promise.withResolvers<AnchorLedger>();
    answer = () => late.promise;
    const loading = ledger.load(1, 'hash4');
    ledger.clear();
    late.resolve(ledgerOf(2, [2]));
    await loading;
    expect(shown()).toEqual([undefined, undefined, '']);
  });
});
