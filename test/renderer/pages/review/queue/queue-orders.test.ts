import { expect, it } from 'vitest';
import { queueOrder } from '../../../../../src-main/contract/verdict-queue.ts';
import { queueOrders } from '../../../../../src-renderer/pages/review/queue/queue-orders.ts';

it('offers every order of the contract, with what it is for', () => {
  expect(queueOrders.map(({ value }) => value).sort()).toEqual([...queueOrder.options].sort());
  expect(queueOrders.every(({ label, hint }) => label !== '' && hint !== '')).toBe(true);
});
