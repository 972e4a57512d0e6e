import type { MapSettings } from '../../contract/map.ts';
import { mapInput } from '../../contract/map.ts';
import type { StoredMap } from '../store/maps.ts';

const defaults = mapInput.omit({ run: true }).parse({});

/**
 * The parameters that a map is stored under: a PCA is one map whatever else was asked for, and maps
 * made before there was a metric are those of the cosine.
 */
export function storedParameters(settings: MapSettings): StoredMap['parameters'] {
  const { metric, ...others } =
    settings.method === 'pca' ? { ...defaults, method: 'pca' } : settings;
  return metric === defaults.metric ? others : { ...others, metric };
}

/** The settings that a map was stored under. */
export function settingsOf(parameters: StoredMap['parameters']): MapSettings {
  return mapInput.omit({ run: true }).parse(parameters);
}
