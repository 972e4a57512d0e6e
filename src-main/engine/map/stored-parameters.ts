import type { MapSettings } from '../../contract/map.ts';
import { mapInput } from '../../contract/map.ts';
import type { StoredMap } from '../store/maps.ts';

const defaults = mapInput.omit({ run: true }).parse({});

/**
 * The parameters under which a map is stored. A PCA has no other parameters. The default metric is
 * left out, because older libraries have maps without a metric.
 */
export function storedParameters(settings: MapSettings): StoredMap['parameters'] {
  const { metric, ...others } =
    settings.method === 'pca' ? { ...defaults, method: 'pca' } : settings;
  return metric === defaults.metric ? others : { ...others, metric };
}

/** The settings of a stored map. */
export function settingsOf(parameters: StoredMap['parameters']): MapSettings {
  return mapInput.omit({ run: true }).parse(parameters);
}
