import { createHash } from 'node:crypto';
import { toBlob, toFloat32Array, toUint32Array } from './blobs.ts';
import type { Library } from './library-file.ts';
import { hashSampleIds } from './sample-ids.ts';

/**
 * A map of n samples: `coordinates` [n, 2] holds x and y of each in map units; `parameters` says how it
 * was made.
 */
export interface StoredMap {
  readonly parameters: Readonly<Record<string, string | number>>;
  readonly sampleIds: Uint32Array;
  readonly coordinates: Float32Array;
}

interface MapRow {
  parameters: string;
  sampleIds: Buffer;
  coordinates: Buffer;
}

/** Stores a map, replacing one with the same weights, samples and parameters. */
export function saveMap(library: Library, weightsHash: string, map: StoredMap): void {
  library
    .query(
      `INSERT OR REPLACE INTO maps
       (weightsHash, samplesHash, parameters, sampleIds, coordinates, createdAt)
       VALUES (?, ?, ?, ?, ?, ?)`,
    )
    .run(
      weightsHash,
      hashSampleIds(map.sampleIds),
      parameterKey(map.parameters),
      toBlob(map.sampleIds),
      toBlob(map.coordinates),
      library.now(),
    );
}

/** The map of exactly these samples with these parameters, or null. */
export function readMap(
  library: Library,
  weightsHash: string,
  sampleIds: Uint32Array,
  parameters: StoredMap['parameters'],
): StoredMap | null {
  const row = library
    .query<MapRow>(
      `SELECT parameters, sampleIds, coordinates FROM maps
       WHERE weightsHash = ? AND samplesHash = ? AND parameters = ?`,
    )
    .get(weightsHash, hashSampleIds(sampleIds), parameterKey(parameters));
  return row === undefined ? null : fromRow(row);
}

/** The description of a stored map, without its points. */
interface MapEntry {
  /** Identifies the map among those of the same weights. */
  readonly key: string;
  readonly points: number;
  readonly parameters: StoredMap['parameters'];
}

/** The maps of these weights, the latest first. */
export function listMaps(library: Library, weightsHash: string): MapEntry[] {
  return library
    .query<{ samplesHash: string; parameters: string; points: number }>(
      `SELECT samplesHash, parameters, length(sampleIds) / 4 AS points FROM maps
       WHERE weightsHash = ? ORDER BY createdAt DESC`,
    )
    .all(weightsHash)
    .map(({ samplesHash, parameters, points }) => ({
      key: mapKey(samplesHash, parameters),
      points,
      parameters: JSON.parse(parameters) as StoredMap['parameters'],
    }));
}

/** A stored map and its key: the named one or, without a name, the latest of these weights. */
export function findMap(
  library: Library,
  weightsHash: string,
  key?: string,
): (StoredMap & Pick<MapEntry, 'key'>) | null {
  const found = library
    .query<Pick<MapRow, 'parameters'> & { samplesHash: string }>(
      `SELECT samplesHash, parameters FROM maps WHERE weightsHash = ? ORDER BY createdAt DESC`,
    )
    .all(weightsHash)
    .find((row) => key === undefined || mapKey(row.samplesHash, row.parameters) === key);
  if (!found) return null;
  const { samplesHash, parameters } = found;
  const row = library
    .query<MapRow>(
      `SELECT parameters, sampleIds, coordinates FROM maps
       WHERE weightsHash = ? AND samplesHash = ? AND parameters = ?`,
    )
    .get(weightsHash, samplesHash, parameters);
  return row === undefined ? null : { ...fromRow(row), key: mapKey(samplesHash, parameters) };
}

/** The latest map of these weights, or null. */
export function latestMap(library: Library, weightsHash: string): StoredMap | null {
  return findMap(library, weightsHash);
}

/** Whether a map of these weights is stored. */
export function hasMap(library: Library, weightsHash: string): boolean {
  return (
    library.query('SELECT 1 FROM maps WHERE weightsHash = ? LIMIT 1').get(weightsHash) !== undefined
  );
}

function fromRow(row: MapRow): StoredMap {
  return {
    parameters: JSON.parse(row.parameters) as StoredMap['parameters'],
    sampleIds: toUint32Array(row.sampleIds),
    coordinates: toFloat32Array(row.coordinates),
  };
}

function mapKey(samplesHash: string, parameters: string): string {
  return createHash('sha256').update(`${samplesHash} ${parameters}`).digest('hex').slice(0, 16);
}

function parameterKey(parameters: StoredMap['parameters']): string {
  return JSON.stringify(parameters, Object.keys(parameters).sort());
}
