import {
  defaultRecipe,
  optimisationChoice,
  optimisationRecipes,
  resolveOptimisation,
  type Optimisation,
  type OptimisationChoice,
  type OptimisationRecipe,
  type OptimisedTraining,
  type RecipeName,
} from '../../../src-main/contract/optimisation.ts';
import { withoutKey } from './without-key.ts';
import { refusalOf } from './refusal.ts';

/** The optimiser's settings: unset numbers are the recipe's, an unset recipe is the objective's. */
export class OptimisationForm {
  choice = $state.raw<OptimisationChoice>({});
  readonly #training: () => OptimisedTraining;
  readonly recipe = $derived.by<RecipeName>(
    () => this.choice.recipe ?? defaultRecipe(this.#training()),
  );
  readonly description = $derived<OptimisationRecipe>(optimisationRecipes[this.recipe]);
  /** What stands where nothing is set. */
  readonly defaults = $derived.by<Optimisation>(() =>
    resolveOptimisation({ recipe: this.recipe }, this.#training()),
  );
  readonly isChanged = $derived(Object.keys(this.choice).some((key) => key !== 'recipe'));
  /** Why it cannot be trained so; empty when it can. */
  readonly problem = $derived.by(
    () =>
      optimisationChoice.safeParse(this.choice).error?.issues[0]?.message ??
      refusalOf(() => resolveOptimisation(this.choice, this.#training())),
  );
  /** Every number resolved, or the recipe's own while a choice is invalid. */
  readonly resolved = $derived.by<Optimisation>(() =>
    this.problem === '' ? resolveOptimisation(this.choice, this.#training()) : this.defaults,
  );

  constructor(training: () => OptimisedTraining) {
    this.#training = training;
  }

  /** Another recipe begins with its own numbers. */
  follow(recipe: RecipeName): void {
    const isOwn = recipe === defaultRecipe(this.#training());
    this.choice = isOwn ? {} : { recipe };
  }

  /** Sets one choice, or with undefined leaves it to the recipe. */
  set<K extends keyof OptimisationChoice>(key: K, value: OptimisationChoice[K]): void {
    const others = withoutKey(this.choice, key);
    this.choice = value === undefined ? others : { ...others, [key]: value };
  }

  reset(): void {
    this.follow(this.recipe);
  }
}
