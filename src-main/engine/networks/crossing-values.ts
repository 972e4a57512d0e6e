/** A computation of a graph, with the names of its values. */
export interface GraphStep {
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/** A graph of which some weights are trained. */
interface GraphToCut<S extends GraphStep> {
  /** In the order of computation. */
  readonly steps: readonly S[];
  /** The name of the pictures. */
  readonly pictures: string;
  readonly outputs: readonly string[];
  /** The names of the weights that are trained. */
  readonly trained: ReadonlySet<string>;
}

/** Where a graph is cut: before everything that depends on a trained weight. */
export interface Crossing<S extends GraphStep> {
  /** The values of pictures that the trained part takes. */
  readonly tensors: readonly string[];
  /** The shapes of other values of pictures that it asks for. */
  readonly shapes: readonly string[];
  /** The steps that give these tensors, those that give the shapes too, and those from there to the outputs. */
  readonly before: readonly S[];
  readonly beforeShapes: readonly S[];
  readonly after: readonly S[];
}

/** Operators that take the time of a pass; what else follows from a cached value is not cached too. */
const product = /conv|matmul|gemm|einsum/i;

/**
 * Cuts a graph before its trained weights. Where a shortcut or a branch crosses the cut, each of its values is
 * taken, except those that follow from another one without a convolution or a matrix product.
 */
export function crossingValues<S extends GraphStep>(graph: GraphToCut<S>): Crossing<S> {
  const sorted = new SortedValues(graph);
  const found = sorted.needed(graph.outputs, new Set());
  const kept = new Set(found.frozen);
  // The last first: it may follow from those before it.
  for (const name of found.frozen.toReversed()) {
    kept.delete(name);
    if (!sorted.follows(name, kept)) kept.add(name);
  }
  const tensors = found.frozen.filter((name) => kept.has(name));
  const after = sorted.needed(graph.outputs, kept);
  return {
    ...{ tensors, shapes: after.shapes, after: after.steps },
    before: sorted.ofPictures(tensors),
    beforeShapes: sorted.ofPictures([...tensors, ...after.shapes]),
  };
}

/** The values of a graph: those that depend on a trained weight, those of pictures alone, and all others. */
class SortedValues<S extends GraphStep> {
  readonly #steps: readonly S[];
  readonly #pictures: string;
  readonly #makers = new Map<string, S>();
  readonly #trained: Set<string>;
  readonly #frozen: Set<string>;

  constructor({ steps, pictures, trained }: GraphToCut<S>) {
    this.#steps = steps;
    this.#pictures = pictures;
    this.#trained = new Set(trained);
    this.#frozen = new Set([pictures]);
    for (const step of steps) {
      for (const output of step.outputs) this.#makers.set(output, step);
      // A shape is known before there is a picture.
      if (step.operator === 'Shape') continue;
      const kind = [this.#trained, this.#frozen].find((values) =>
        step.inputs.some((name) => values.has(name)),
      );
      for (const output of step.outputs) kind?.add(output);
    }
  }

  /**
   * What the outputs need: the steps from the given values on, the values of pictures alone that these
   * take beside the given ones, and the shapes of such values. Without given values the steps begin at all
   * of these.
   */
  needed(outputs: readonly string[], given: ReadonlySet<string>) {
    const steps = new Set<S>();
    const [frozen, shapes, seen] = [new Set<string>(), new Set<string>(), new Set<string>()];
    const visit = (name: string): void => {
      if (seen.has(name) || given.has(name)) return;
      seen.add(name);
      if (given.size === 0 && this.#frozen.has(name)) {
        frozen.add(name);
        return;
      }
      const step = this.#makers.get(name);
      if (!step) return;
      if (step.operator === 'Shape' && step.inputs.some((input) => this.#frozen.has(input))) {
        shapes.add(name);
        return;
      }
      steps.add(step);
      for (const input of step.inputs) visit(input);
    };
    for (const name of outputs) visit(name);
    return {
      frozen: this.#inOrder(frozen),
      shapes: [...shapes],
      steps: this.#steps.filter((step) => steps.has(step)),
    };
  }

  /** Whether a value follows from others without a product. */
  follows(name: string, others: ReadonlySet<string>): boolean {
    if (others.has(name) || !this.#frozen.has(name)) return true;
    const step = this.#makers.get(name);
    if (name === this.#pictures || !step || product.test(step.operator)) return false;
    return step.inputs.every((input) => this.follows(input, others));
  }

  /** The steps from pictures to values. */
  ofPictures(names: readonly string[]): S[] {
    const [steps, seen] = [new Set<S>(), new Set<string>()];
    const visit = (name: string): void => {
      const step = this.#makers.get(name);
      if (seen.has(name) || !step) return;
      seen.add(name);
      steps.add(step);
      for (const input of step.inputs) visit(input);
    };
    for (const name of names) visit(name);
    return this.#steps.filter((step) => steps.has(step));
  }

  #inOrder(names: ReadonlySet<string>): string[] {
    const made = this.#steps.flatMap(({ outputs }) => outputs.filter((name) => names.has(name)));
    return names.has(this.#pictures) ? [this.#pictures, ...made] : made;
  }
}
