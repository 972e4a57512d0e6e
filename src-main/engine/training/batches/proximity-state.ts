import type { BatchSettings } from '../../../contract/batch-drawing.ts';
import type { Random } from '../../numeric/random.ts';
import type { UnitRows } from '../../numeric/unit-rows.ts';
import type { StateArray } from '../sources/training-source.ts';
import type { DrawnFrom } from './batch-drawer.ts';
import { proximityGraph } from './proximity-graph.ts';
import type { ProximityGraph } from './proximity-graph.ts';
import { suspectedPairs } from './suspected-pairs.ts';

/** z of a training's pictures under the weights of its state, without augmentation. */
export type EmbedState = (state: DrawnFrom) => Promise<UnitRows>;

/** What is known of the nearness of a training's pictures. */
export interface Proximity {
  readonly graph: ProximityGraph;
  /** The pairs of indices that are suspected false negatives, [2 · pairs]. */
  readonly suspected: Uint32Array;
  /** The arrays by which a training that goes on has the same graph. */
  readonly arrays: Readonly<Record<string, StateArray>>;
}

const [graphArray, suspectedArray] = ['proximityGraph', 'proximitySuspected'];

/**
 * The proximity graph of an epoch: of the embeddings of the last epoch, or where a graph serves several
 * epochs that of the state. Null in the first epochs, which are drawn at random.
 */
export async function proximityOf(
  state: DrawnFrom,
  settings: BatchSettings,
  embed: EmbedState,
  random: Random,
  yieldToEvents: () => Promise<void>,
): Promise<Proximity | null> {
  const since = state.epoch - settings.randomEpochs;
  if (since < 0) return null;
  if (since % settings.graphEpochs > 0) return storedProximity(state);
  const rows = await embed(state);
  const { proximityCandidates: candidates, proximityNeighbours: neighbours } = settings;
  const graph = await proximityGraph(rows, { candidates, neighbours }, random, yieldToEvents);
  const suspected = suspectedPairs(rows, graph, random);
  // A graph of one epoch follows from the weights of the checkpoint, so it is not written down.
  const isStored = settings.graphEpochs > 1;
  const arrays = isStored ? { [graphArray]: graph.neighbours, [suspectedArray]: suspected } : {};
  return { graph, suspected, arrays };
}

function storedProximity({ arrays, sampleIds }: DrawnFrom): Proximity {
  const [neighbours, suspected] = [arrays[graphArray], arrays[suspectedArray]];
  if (!(neighbours instanceof Uint32Array) || !(suspected instanceof Uint32Array)) {
    throw new Error('The state has no proximity graph.');
  }
  return {
    graph: { neighbours, degree: neighbours.length / sampleIds.length },
    suspected,
    arrays: {},
  };
}
