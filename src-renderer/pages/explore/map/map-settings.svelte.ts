import { mapInput, type MapSettings } from '../../../../src-main/contract/map.ts';

/** The settings of a map that is to be laid out, as a form holds them. */
export class MapSettingsForm {
  neighbours = $state<number | null>(null);
  minDistance = $state<number | null>(null);
  metric = $state<MapSettings['metric']>('cosine');
  seed = $state<number | null>(null);

  constructor(start: MapSettings) {
    this.neighbours = start.neighbours;
    this.minDistance = start.minDistance;
    this.metric = start.metric;
    this.seed = start.seed;
  }

  /** What the form says, or a sentence on what is wrong with it. */
  readonly checked: MapSettings | string = $derived.by(() => {
    const { neighbours, minDistance, metric, seed } = this;
    const parsed = mapInput
      .omit({ run: true })
      .safeParse({ method: 'umap', neighbours, minDistance, metric, seed });
    if (parsed.success) return parsed.data;
    const wrong = parsed.error.issues[0]?.path[0];
    return ranges[wrong === 'neighbours' || wrong === 'minDistance' ? wrong : 'seed'];
  });
}

const ranges = {
  neighbours: 'Neighbours: a whole number from 2 to 200.',
  minDistance: 'Min distance: from 0 to 0.99.',
  seed: 'Seed: a whole number from 0.',
} as const;

/** A map's settings in a few words. */
export function mapWords(map: MapSettings): string {
  if (map.method === 'pca') return 'PCA';
  const metric = map.metric === 'cosine' ? '' : ` · ${map.metric}`;
  const distance = map.minDistance === 0.1 ? '' : ` · distance ${map.minDistance}`;
  return `UMAP · ${map.neighbours} neighbours${distance}${metric} · seed ${map.seed}`;
}

/** Whether two maps are laid out alike. */
export function isSameLayout(a: MapSettings, b: MapSettings): boolean {
  return mapWords(a) === mapWords(b);
}
