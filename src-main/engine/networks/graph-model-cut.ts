import type * as tf from '@tensorflow/tfjs';
import { EngineError } from '../../contract/errors/errors.ts';
import { crossingValues } from './crossing-values.ts';
import type { GraphStep } from './crossing-values.ts';
import type { NetworkCut } from './network-cut.ts';
import { probedCut } from './probed-cut.ts';

/** A node of a TensorFlow.js graph model. */
export interface GraphModelNode {
  readonly name: string;
  readonly op: string;
  /** The names of the nodes whose outputs it takes. */
  readonly input?: readonly string[];
}

/** A graph model with what comes before and after it. */
export interface CutGraphModel {
  readonly model: tf.GraphModel;
  readonly nodes: readonly GraphModelNode[];
  /** The node of its pictures, and the nodes whose values its features are made of. */
  readonly input: string;
  readonly outputs: readonly string[];
  /** Its input from pictures of 0 to 255. */
  readonly values: (pictures: tf.Tensor4D) => tf.Tensor;
  /** The features from its outputs, in their order. */
  readonly rows: (outputs: readonly tf.Tensor[]) => tf.Tensor2D;
  /** What of an output suffices for the features, in the form of an output. */
  readonly summary: (output: tf.Tensor) => tf.Tensor;
}

/** The features of pictures by a graph model. */
export function graphModelRows(
  { model, input, outputs, values, rows }: CutGraphModel,
  pictures: tf.Tensor4D,
): tf.Tensor2D {
  return rows(executed(model, new Map([[input, values(pictures)]]), outputs));
}

/** A graph model cut before the weights of these names, for pictures of a side in pixels. */
export function cutGraphModel(
  graph: CutGraphModel,
  names: readonly string[],
  side: number,
): NetworkCut {
  const { model, input, outputs, values, rows, summary } = graph;
  const { tensors, shapes } = crossingValues({
    steps: [...stepsBefore(graph), ...outputs.map(summaryStep)],
    ...{ pictures: input, outputs: outputs.map(summaryOf), trained: new Set(names) },
  });
  const valuesOf = (wanted: readonly string[], pictures: tf.Tensor4D): tf.Tensor[] => {
    const found = executed(model, new Map([[input, values(pictures)]]), wanted.map(summarised));
    return found.map((value, at) => (isSummary(wanted[at] ?? '') ? summary(value) : value));
  };
  return probedCut(
    {
      ...{ tensors, shapes },
      before: (pictures) => valuesOf(tensors, pictures),
      probe: (pictures) => ({
        tensors: valuesOf(tensors, pictures),
        shapes: valuesOf(shapes, pictures),
      }),
      after: (given) => {
        const known = (output: string): tf.Tensor | undefined =>
          given.get(summaryOf(output)) ?? given.get(output);
        const computed = outputs.filter((output) => !known(output));
        const fed = [...given].filter(([name]) => !isSummary(name));
        const found = executed(model, new Map(fed), computed);
        return rows(
          outputs.map((output) => {
            const value = known(output) ?? found[computed.indexOf(output)];
            if (!value) throw new Error(`The model gave no ${output}.`);
            return value;
          }),
        );
      },
    },
    side,
  );
}

function executed(
  model: tf.GraphModel,
  inputs: ReadonlyMap<string, tf.Tensor>,
  outputs: readonly string[],
): tf.Tensor[] {
  // Without a name the model would give its own outputs.
  if (outputs.length === 0) return [];
  return [model.execute(Object.fromEntries(inputs), [...outputs])].flat();
}

const prefix = 'summary of ';
const summaryOf = (output: string): string => prefix + output;
const isSummary = (name: string): boolean => name.startsWith(prefix);
const summarised = (name: string): string => (isSummary(name) ? name.slice(prefix.length) : name);

function summaryStep(output: string): GraphStep {
  return { operator: 'Summary', inputs: [output], outputs: [summaryOf(output)] };
}

/**
 * The nodes that the outputs need, in the order of computation.
 * @throws EngineError unsupported-operation where a node has several outputs, which cannot be given one by one
 */
function stepsBefore({ nodes, outputs }: Pick<CutGraphModel, 'nodes' | 'outputs'>): GraphStep[] {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const steps = new Map<string, GraphStep>();
  const visit = (reference: string): string => {
    const [name = '', output = '0'] = reference.replace(/^\^/, '').split(':');
    if (output !== '0') {
      throw new EngineError(
        'unsupported-operation',
        `The node ${name} has several outputs, so that no features of this graph model are cached; set views to 0.`,
      );
    }
    const node = byName.get(name);
    if (node && !steps.has(name)) {
      const inputs = (node.input ?? []).map(visit);
      steps.set(name, { operator: node.op, inputs, outputs: [name] });
    }
    return name;
  };
  outputs.forEach(visit);
  return [...steps.values()];
}
