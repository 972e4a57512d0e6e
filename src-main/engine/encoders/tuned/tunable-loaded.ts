import { EngineError } from '../../../contract/errors/errors.ts';
import type { TunableNetwork } from '../../networks/tuned-network.ts';
import type { StoredEncoder } from '../../store/encoders.ts';
import { checkUnchanged } from '../loaded/check-unchanged.ts';
import { tunableOnnx } from './tunable-onnx.ts';
import { tunableTfjs } from './tunable-tfjs.ts';

/** The network that was read last: its weights stay in memory as long as nothing else is tuned. */
let latest: { readonly identity: string; readonly network: Promise<TunableNetwork> } | null = null;

/**
 * The network of an encoder that was added, to be trained further.
 * @throws EngineError not-found if its files are gone or have changed, bad-argument for pictures that are no
 * squares, unsupported-operation naming what cannot be trained through
 */
export function tunableLoaded(stored: StoredEncoder): Promise<TunableNetwork> {
  if (latest?.identity === stored.identity) return latest.network;
  const network = readNetwork(stored);
  latest = { identity: stored.identity, network };
  // One that could not be read is read again the next time.
  network.catch(() => (latest = null));
  return network;
}

async function readNetwork(stored: StoredEncoder): Promise<TunableNetwork> {
  const { description, name, identity, selfTest } = stored;
  const { width, height } = description.preprocessing;
  if (width !== height) {
    throw new EngineError(
      'bad-argument',
      `The encoder "${name}" takes pictures of ${width} x ${height} pixels, but views are square; add it again with a square size to tune it.`,
    );
  }
  await checkUnchanged(stored, () => Promise.resolve());
  const read = description.kind === 'onnx' ? tunableOnnx : tunableTfjs;
  return await read(description, identity, selfTest.dimensions);
}
