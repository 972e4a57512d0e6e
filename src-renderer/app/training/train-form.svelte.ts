import { firstProblem } from '../../../src-main/contract/first-problem.ts';
import { storedByDefault } from '../../../src-main/contract/stored-checkpoints.ts';
import type { KeepCheckpoints } from '../../../src-main/contract/stored-checkpoints.ts';
import { defaultHeldOut, type KeptEpoch } from '../../../src-main/contract/held-out.ts';
import { epochsOf } from '../../../src-main/contract/epochs.ts';
import {
  defaultSize,
  defaultTunedSize,
  temperatureOf,
} from '../../../src-main/contract/fine-tuning.ts';
import {
  beginsAdapted,
  beginsTrained,
  isFineTuning,
  takesFeatures,
} from '../../../src-main/contract/encoder-kinds.ts';
import { headViews } from '../../../src-main/contract/cached-views.ts';
import { checkLabelUse } from '../../../src-main/contract/label-use.ts';
import type { LabelUse } from '../../../src-main/contract/label-use.ts';
import { checkEncoderChoice } from '../../../src-main/contract/head-training.ts';
import type { JobInput } from '../../../src-main/contract/jobs.ts';
import { describeObjective } from '../../../src-main/contract/objectives/describe-objective.ts';
import type {
  ObjectiveDescription,
  ObjectiveSetting,
} from '../../../src-main/contract/objectives/describe-objective.ts';
import { fitObjective } from '../../../src-main/contract/objectives/fit-objective.ts';
import { partsAmong } from '../../../src-main/contract/objectives/parse-objective.ts';
import type { Objective } from '../../../src-main/contract/objectives/parse-objective.ts';
import type { ObjectiveParts } from '../../../src-main/contract/objectives/parts.ts';
import type { ObjectivePreset } from '../../../src-main/contract/objectives/presets.ts';
import type { SettingValue } from '../../../src-main/contract/objectives/setting.ts';
import type { ObjectiveSettings } from '../../../src-main/contract/objectives/settings-table.ts';
import { defaultAugmentation } from '../../../src-main/contract/objective-augmentations.ts';
import type { ProjectionHead } from '../../../src-main/contract/projection-heads.ts';
import { trainInput } from '../../../src-main/contract/runs.ts';
import type { RunReference, TrainableEncoder } from '../../../src-main/contract/runs.ts';
import { mostSeeds } from '../../../src-main/contract/seed-series.ts';
import { withoutKey } from './without-key.ts';
import {
  checkVerdictUse,
  groupPositivesByDefault,
} from '../../../src-main/contract/verdict-use.ts';
import type { AdapterStart } from '../../../src-main/contract/adapter-start.ts';
import type { VerdictUse } from '../../../src-main/contract/verdict-use.ts';
import { BatchesForm } from './batches-form.svelte.ts';
import { OptimisationForm } from './optimisation-form.svelte.ts';
import { refusalOf } from './refusal.ts';
import type { TrainFormSnapshot } from './train-form-snapshot.ts';
import { ViewsForm } from './views-form.svelte.ts';

type Key = ObjectiveSetting['key'];
type Changes = Partial<Record<Key, SettingValue>>;

/** The form of one training; each preset has its own changed values. */
export class TrainForm {
  name = $state('');
  encoder = $state<TrainableEncoder>('resnet8');
  /**
   * For a head or an adapter: what it is trained on, and how many views of each picture are stored
   * (kept views).
   */
  on = $state<RunReference>('starter+hog');
  keptViews = $state(headViews);
  objective = $state<ObjectivePreset>('simclr');
  /** The chosen epochs; undefined for as many as the source of negatives needs. */
  chosenEpochs = $state<number>();
  batch = $state(64);
  /** The chosen side of the pictures; undefined for that of what is trained. */
  chosenSize = $state<number>();
  /** For fine-tuning: the side of the pictures where none is chosen, as far as it is known. */
  tunedSize = $state(defaultTunedSize);
  /** For fine-tuning: the first layer that is trained; undefined for the base's own choice. */
  trainFrom = $state<string>();
  layerDecay = $state(trainInput.shape.layerDecay.parse(undefined));
  /** For fine-tuning: the rank of low-rank updates; undefined to train the weights themselves. */
  lora = $state<number>();
  /** For fine-tuning: the views whose features before the first trained layer are kept; 0 for fresh ones. */
  tunedViews = $state(0);
  seed = $state(1);
  /** Trainings that one press starts, which differ by their seed alone. */
  seeds = $state(1);
  device = $state('auto');
  verdicts = $state<VerdictUse>('ignore');
  groupPositives = $state(groupPositivesByDefault);
  adapterStart = $state<AdapterStart>('judged');
  labels = $state<LabelUse>('ignore');
  /** The splits whose labels are given; empty for all pictures. */
  labelsOf = $state<string[]>([]);
  heldOut = $state(defaultHeldOut);
  keepEpoch = $state<KeptEpoch>('best');
  patience = $state(0);
  ledgerSize = $state(32);
  keepCheckpoints = $state<KeepCheckpoints>(storedByDefault);
  /** The projection head that was chosen; null for that of the objective. */
  head = $state<ProjectionHead | null>(null);
  readonly views = new ViewsForm(() => defaultAugmentation(this));
  readonly optimisation = new OptimisationForm(() => this);
  readonly batches = new BatchesForm(() => this.verdicts);
  readonly #pictures: () => number;
  #changed = $state<Partial<Record<ObjectivePreset, Changes>>>({});

  /** The objective with the defaults that it has for this batch, library and length. */
  readonly description = $derived.by<ObjectiveDescription>(() => {
    const published = this.#published;
    const fitted: Partial<Record<Key, SettingValue>> = {
      ...this.#fittedSettings(this.settings),
      ...among(this.#fittedSettings(this.#parts), Object.keys(this.#changes)),
    };
    const settings = published.settings.map(
      (setting) =>
        ({ ...setting, default: fitted[setting.key] ?? setting.default }) as ObjectiveSetting,
    );
    return { ...published, settings };
  });
  /** Why the settings cannot be trained with; empty when they can. */
  readonly problem = $derived.by(
    () =>
      refusalOf(() => checkVerdictUse(this.verdicts, this.#fitted())) ||
      refusalOf(() => checkLabelUse(this.#labelChoice, this.#fitted())) ||
      refusalOf(() => checkEncoderChoice(this.#encoderChoice, this.#fitted())) ||
      this.views.problem ||
      this.optimisation.problem ||
      this.batches.problem ||
      this.#fieldProblem,
  );

  /** `pictures` is how many the library has. */
  constructor(pictures: () => number) {
    this.#pictures = pictures;
  }

  /**
   * The changed settings that the objective has; the others are left out, so that the engine fits
   * their defaults to the library.
   */
  get settings(): Record<string, SettingValue> {
    return among(
      this.#changes,
      this.#published.settings.map(({ key }) => key),
    );
  }

  /** How many pictures the library has. */
  get pictures(): number {
    return this.#pictures();
  }

  get epochs(): number {
    // An emptied field is null, whatever its type says: it is not the default.
    if (this.chosenEpochs !== undefined) return this.chosenEpochs;
    const { encoder, objective, settings } = this;
    return epochsOf({ encoder, objective, settings });
  }

  set epochs(chosen: number) {
    this.chosenEpochs = chosen;
  }

  get size(): number {
    if (this.chosenSize !== undefined) return this.chosenSize;
    return isFineTuning(this.encoder) ? this.tunedSize : defaultSize;
  }

  set size(chosen: number) {
    this.chosenSize = chosen;
  }

  get #changes(): Changes {
    return this.#changed[this.objective] ?? {};
  }

  get #parts(): Partial<ObjectiveParts> {
    return partsAmong(this.#changes);
  }

  /** The objective with the defaults of its table. */
  get #published(): ObjectiveDescription {
    return describeObjective(this.objective, this.#parts);
  }

  /**
   * The first invalid field, which may be in a closed disclosure, where the browser cannot show its
   * own message.
   */
  get #fieldProblem(): string {
    if (!(Number.isInteger(this.seeds) && this.seeds >= 1 && this.seeds <= mostSeeds)) {
      return `Seeds: choose a whole number from 1 to ${mostSeeds}.`;
    }
    return firstProblem(trainInput.safeParse(this.input).error?.issues ?? []);
  }

  get #encoderChoice() {
    const { encoder, on, keptViews, tunedViews, head, trainFrom, layerDecay, lora } = this;
    const chosen = { encoder, ...(head !== null && { head }) };
    if (takesFeatures(encoder)) return { ...chosen, on, views: keptViews };
    const tuned = {
      ...{ on, layerDecay, views: tunedViews },
      ...(trainFrom !== undefined && { trainFrom }),
      ...(lora !== undefined && { lora }),
    };
    return { ...chosen, ...(isFineTuning(encoder) && tuned) };
  }

  get #heldOutChoice() {
    const { heldOut, keepEpoch, patience } = this;
    return { heldOut, keepEpoch, patience };
  }

  /** Whether pictures of one label are positives of the objective, so that they cannot be masked. */
  get contrastsLabels(): boolean {
    return this.#hasKnownPositives && this.valueOf('positivesFrom') !== 'verdicts';
  }

  /** Whether the training is given labels. */
  get takesLabels(): boolean {
    return this.contrastsLabels || this.labels === 'mask';
  }

  /** Whether an adapter can begin by the verdicts and labels that the training is fed. */
  get beginsJudged(): boolean {
    return beginsAdapted(this.encoder) && (this.verdicts === 'attract' || this.#hasKnownPositives);
  }

  /** Whether verdicts or labels are positives by the objective's own setting (SupCon). */
  get #hasKnownPositives(): boolean {
    return this.description.settings.some(({ key }) => key === 'positivesFrom');
  }

  get #labelChoice() {
    const isOfSplits = this.takesLabels && this.labelsOf.length > 0;
    return {
      labels: this.contrastsLabels ? 'ignore' : this.labels,
      ...(isOfSplits && { labelsOf: [...this.labelsOf] }),
    } as const;
  }

  /** The encoder before a head or adapter, or the one to fine-tune; null for a network from nothing. */
  get base(): RunReference | null {
    return beginsTrained(this.encoder) ? this.on : null;
  }

  #fitted(settings: Record<string, SettingValue> = this.settings): Objective {
    const { encoder, objective, batch, epochs, pictures } = this;
    const temperature = temperatureOf(encoder);
    return fitObjective(objective, settings, { batch, epochs, pictures, temperature });
  }

  /** The settings with their defaults fitted; none where they cannot be trained with. */
  #fittedSettings(settings: Record<string, SettingValue>): ObjectiveSettings {
    let fitted: ObjectiveSettings = {};
    refusalOf(() => (fitted = this.#fitted(settings).settings));
    return fitted;
  }

  valueOf(key: Key): SettingValue {
    const changed = this.#changes[key];
    const setting = this.description.settings.find((candidate) => candidate.key === key);
    return changed ?? setting?.default ?? 0;
  }

  set(key: Key, value: SettingValue): void {
    const changed = { ...this.#changes, [key]: value };
    this.#changed = { ...this.#changed, [this.objective]: changed };
  }

  /** Back to the paper's default, which may fit itself to the library. */
  reset(key: Key): void {
    const others = withoutKey<Changes>(this.#changed[this.objective] ?? {}, key);
    this.#changed = { ...this.#changed, [this.objective]: others };
  }

  /** The form as plain data. */
  read(): TrainFormSnapshot {
    const { name, encoder, on, keptViews, objective, batch, chosenSize, seed, seeds } = this;
    const { chosenEpochs, device, verdicts, ledgerSize, keepCheckpoints, head } = this;
    const { heldOut, keepEpoch, patience } = this;
    const { labels, labelsOf, groupPositives, adapterStart } = this;
    const { trainFrom, layerDecay, lora, tunedViews } = this;
    return {
      ...{ name, encoder, on, keptViews, objective, chosenEpochs, batch, chosenSize, seed, seeds },
      ...{ device, verdicts, groupPositives, adapterStart, ledgerSize, keepCheckpoints, head },
      ...{ heldOut, keepEpoch, patience },
      ...{ trainFrom, layerDecay, lora, tunedViews, labels, labelsOf: [...labelsOf] },
      changed: $state.snapshot(this.#changed),
      views: this.views.read(),
      optimisation: { ...this.optimisation.choice },
      batches: { ...this.batches.choice },
    };
  }

  write({ changed, views, optimisation, batches, ...fields }: TrainFormSnapshot): void {
    Object.assign(this, fields);
    this.#changed = changed;
    this.views.write(views);
    this.optimisation.choice = optimisation;
    this.batches.choice = batches;
  }

  get input(): JobInput<'train'> {
    const name = this.name.trim();
    return {
      ...(name === '' ? {} : { name }),
      ...this.#encoderChoice,
      objective: this.objective,
      settings: this.settings,
      ...(this.views.chosen !== null && { augmentation: this.views.chosen }),
      augmentationOverrides: this.views.overrides,
      ...(this.chosenEpochs !== undefined && { epochs: this.chosenEpochs }),
      batch: this.batch,
      ...(this.chosenSize !== undefined && { size: this.chosenSize }),
      ...this.optimisation.choice,
      seed: this.seed,
      device: this.device,
      verdicts: this.verdicts,
      ...(this.verdicts === 'attract' && { groupPositives: this.groupPositives }),
      ...(this.beginsJudged && { adapterStart: this.adapterStart }),
      ...this.batches.input,
      ...this.#labelChoice,
      ...(this.verdicts !== 'ignore' && this.#heldOutChoice),
      ledgerSize: this.ledgerSize,
      keepCheckpoints: this.keepCheckpoints,
    };
  }
}

function among<V>(values: Readonly<Record<string, V>>, keys: readonly string[]): Record<string, V> {
  const isKnown = ([key, value]: [string, V]) => keys.includes(key) && value !== undefined;
  return Object.fromEntries(Object.entries(values).filter(isKnown));
}
