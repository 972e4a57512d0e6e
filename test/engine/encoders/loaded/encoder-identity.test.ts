import { expect, it } from 'vitest';
import { encoderIdentity } from '../../../../src-main/engine/encoders/loaded/encoder-identity.ts';
import { inspectEncoder } from '../../../../src-main/engine/encoders/loaded/inspect-encoder.ts';
import { written } from './encoder-jobs.ts';
import { convModel } from './test-models.ts';

it('is kept where keys of a newer preprocessing say what was done before', async () => {
  const path = written(convModel);
  const identityWith = async (preprocessing: object): Promise<string> => {
    const found = await inspectEncoder({ path });
    const description = { ...found, preprocessing: { ...found.preprocessing, ...preprocessing } };
    return await encoderIdentity(description, {
      onBytes: () => undefined,
      yieldToEvents: () => Promise.resolve(),
    });
  };
  const before = await identityWith({});
  expect(await identityWith({ oddMargin: 'down', fill: null })).toBe(before);
  expect(await identityWith({ oddMargin: 'even' })).not.toBe(before);
  expect(await identityWith({ fill: [0, 0, 0] })).not.toBe(before);
});
