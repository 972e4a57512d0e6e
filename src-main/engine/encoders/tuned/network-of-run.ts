import { EngineError } from '../../../contract/errors/errors.ts';
import type { TunableNetwork } from '../../networks/tuned-network.ts';
import { encoderByIdentity } from '../../store/encoders.ts';
import type { Run } from '../../store/runs.ts';
import type { EncoderSources } from '../embedding/encoder-sources.ts';
import { tunableStarter } from '../starter/tunable-starter.ts';
import { tunableLoaded } from './tunable-loaded.ts';
import type { TunedRecord } from './tuned-record.ts';

/**
 * The network from elsewhere that a run tuned, with the weights that it had before any training here.
 * @throws EngineError not-found, bad-argument if it is not there any more, or is another one now
 */
export async function networkOfRun(
  { library, modelFolder }: EncoderSources,
  { name }: Pick<Run, 'name'>,
  { network: hash = '', loaded }: TunedRecord,
): Promise<TunableNetwork> {
  if (loaded !== undefined) {
    const stored = encoderByIdentity(library, hash);
    if (stored) return await tunableLoaded(stored);
    throw new EngineError(
      'not-found',
      `"${name}" was tuned from the encoder "${loaded}", which is not in this library; add it again from its file.`,
    );
  }
  const network = await tunableStarter(modelFolder);
  if (network.hash === hash) return network;
  throw new EngineError(
    'bad-argument',
    `"${name}" was trained on the starter encoder, which is another one in this version; train it again.`,
  );
}
