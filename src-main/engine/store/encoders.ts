import type { EncoderDescription, EncoderSelfTest } from '../../contract/loaded-encoders.ts';
import type { Library } from './library-file.ts';

/** An encoder that was made elsewhere (a loaded encoder). */
export interface StoredEncoder {
  readonly id: number;
  /** SHA-256 of weights, output and preprocessing, hex. */
  readonly identity: string;
  readonly name: string;
  readonly description: EncoderDescription;
  readonly selfTest: EncoderSelfTest;
  readonly addedAt: number;
}

type EncoderRow = Omit<StoredEncoder, 'description' | 'selfTest'> & {
  description: string;
  selfTest: string;
};

/**
 * Stores an encoder. Where one with the same identity is stored, it keeps its number and its name and
 * gets the new description.
 */
export function saveEncoder(
  library: Library,
  encoder: Omit<StoredEncoder, 'id' | 'addedAt'>,
): StoredEncoder {
  const description = JSON.stringify(encoder.description);
  const selfTest = JSON.stringify(encoder.selfTest);
  library
    .query(
      `INSERT INTO encoders (identity, name, description, selfTest, addedAt)
       VALUES (@identity, @name, @description, @selfTest, @addedAt)
       ON CONFLICT (identity) DO UPDATE SET description = @description, selfTest = @selfTest`,
    )
    .run({ ...encoder, description, selfTest, addedAt: library.now() });
  const stored = encoderByIdentity(library, encoder.identity);
  if (stored === null) throw new Error('The encoder that was just stored is missing.');
  return stored;
}

/** The encoder with this identity, or null. */
export function encoderByIdentity(library: Library, identity: string): StoredEncoder | null {
  return firstEncoder(library, 'identity', identity);
}

/** The encoder with this name, or null. */
export function encoderByName(library: Library, name: string): StoredEncoder | null {
  return firstEncoder(library, 'name', name);
}

/** All encoders, the oldest first. */
export function listEncoders(library: Library): StoredEncoder[] {
  return library.query<EncoderRow>('SELECT * FROM encoders ORDER BY id').all().map(fromRow);
}

function firstEncoder(
  library: Library,
  column: 'identity' | 'name',
  value: string,
): StoredEncoder | null {
  const row = library.query<EncoderRow>(`SELECT * FROM encoders WHERE ${column} = ?`).get(value);
  return row === undefined ? null : fromRow(row);
}

function fromRow(row: EncoderRow): StoredEncoder {
  return {
    ...row,
    description: JSON.parse(row.description) as EncoderDescription,
    selfTest: JSON.parse(row.selfTest) as EncoderSelfTest,
  };
}
