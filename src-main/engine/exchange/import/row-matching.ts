import { basename } from 'node:path';
import type { ImportMatching } from '../../../contract/imports.ts';
import { presentPicture, presentSampleIds } from '../../store/samples.ts';
import type { Library } from '../../store/library-file.ts';
import type { OpenPart } from './open-part.ts';
import { matchedBy, PictureMatcher } from '../../store/picture-matcher.ts';
import type { Example, RowProblems } from './row-problems.ts';

/** The pictures and epochs of the rows of one file. */
export interface MatchedRows {
  /** The sample id of each row; 0 where a row is left out. */
  readonly samples: Uint32Array;
  /** The epoch of each row; null where the file has no epochs. */
  readonly epochs: Int32Array | null;
}

/** The epoch of files without epochs. Of the rows of one epoch, a picture can have only one. */
const noEpoch = -1;
const examplesAtMost = 20;

/**
 * By sample id: the number of the row that has the picture, counted from 1 over all files, and what
 * identified it (`matchedBy`).
 */
interface Claims {
  readonly owner: Uint32Array;
  readonly by: Uint8Array;
}

/** Stands for a picture that several rows could be of by their file name alone. */
const contested = 255;

/** Matches rows with pictures, file by file, and counts the rows that could not be matched. */
export class RowMatching {
  readonly #library: Library;
  readonly #matcher: PictureMatcher;
  readonly #counts = { hash: 0, path: 0, name: 0 };
  readonly #problems: RowProblems;
  readonly #ids: Uint32Array;
  readonly #claims = new Map<number, Claims>();
  readonly #files: { readonly first: number; readonly rows: MatchedRows }[] = [];
  #rows = 0;

  constructor(library: Library, problems: RowProblems) {
    this.#library = library;
    this.#matcher = new PictureMatcher(library);
    this.#problems = problems;
    this.#ids = presentSampleIds(library);
  }

  /** Matches the first rows of a file, at most `most`. */
  async match(
    part: OpenPart,
    yieldToEvents: (rows: number) => Promise<void>,
    most = Infinity,
  ): Promise<MatchedRows> {
    const count = Math.min(part.table.rows, most);
    const epochs = await readEpochs(part, count);
    const rows = { samples: new Uint32Array(count), epochs };
    this.#files.push({ first: this.#rows, rows });
    const hashes = part.hashes === null ? null : new TextReader(part.names.texts(part.hashes));
    const paths = part.paths === null ? null : new TextReader(part.names.texts(part.paths));
    for (let row = 0; row < count; row++) {
      const hash = hashes ? await hashes.next() : null;
      const path = paths ? await paths.next() : null;
      this.#take(part, rows, row, { hash, path });
      if (row % 2048 === 2047) await yieldToEvents(this.#rows);
    }
    await hashes?.close();
    await paths?.close();
    return rows;
  }

  /** Reports the matching so far. */
  report(): ImportMatching {
    const epochs = [...this.#claims.values()];
    const without = this.#ids.filter((id) => epochs.every(({ owner }) => owner[id] === 0));
    const examples = Array.from(without.subarray(0, examplesAtMost), (id) => this.#pathOf(id));
    return {
      rows: this.#rows,
      matched: { ...this.#counts },
      problems: this.#problems.report(),
      pictures: this.#ids.length - without.length,
      picturesWithout: { count: without.length, examples },
    };
  }

  #take(
    part: OpenPart,
    rows: MatchedRows,
    row: number,
    { hash, path }: { hash: string | null; path: string | null },
  ): void {
    this.#rows++;
    const example = (note: string) => () => ({
      ...{ file: basename(part.table.file), row: row + 1 },
      ...{ name: path ?? hash ?? '', note },
    });
    const epoch = rows.epochs?.[row] ?? noEpoch;
    if (rows.epochs && epoch < 0) {
      this.#problems.add('no-epoch', example(''));
      return;
    }
    const match = this.#matcher.match(hash, path);
    if ('problem' in match) this.#problems.add(match.problem, example(match.note));
    else this.#claim(this.#claimsOf(epoch), match, example);
  }

  #claimsOf(epoch: number): Claims {
    const known = this.#claims.get(epoch);
    if (known) return known;
    const length = (this.#ids.at(-1) ?? 0) + 1;
    const claims = { owner: new Uint32Array(length), by: new Uint8Array(length) };
    this.#claims.set(epoch, claims);
    return claims;
  }

  /**
   * The row with the surer identification gets the picture, else the earlier row. Two rows that have
   * only the same file name both lose it.
   */
  #claim(
    claims: Claims,
    { id, by }: { id: number; by: number },
    example: (note: string) => () => Example,
  ): void {
    const earlier = claims.by[id] ?? 0;
    if (earlier === 0 || (earlier === contested && by < matchedBy.name)) {
      this.#give(claims, id, by);
    } else if (by < earlier && earlier !== contested) {
      this.#takeBack(claims, id, 'duplicate', example('a later row names it more surely'));
      this.#give(claims, id, by);
    } else if (earlier < matchedBy.name) {
      this.#problems.add('duplicate', example(`is ${this.#pathOf(id)} again`));
    } else {
      const sameName = example(`another row has the file name of ${this.#pathOf(id)} too`);
      if (earlier !== contested) this.#takeBack(claims, id, 'ambiguous', sameName);
      claims.by[id] = contested;
      this.#problems.add('ambiguous', sameName);
    }
  }

  #give({ owner, by: claimedBy }: Claims, id: number, by: number): void {
    owner[id] = this.#rows;
    claimedBy[id] = by;
    const file = this.#files.at(-1);
    if (file) file.rows.samples[this.#rows - 1 - file.first] = id;
    this.#counts[wordOf(by)]++;
  }

  #takeBack(
    { owner, by }: Claims,
    id: number,
    problem: 'duplicate' | 'ambiguous',
    example: () => Example,
  ): void {
    const number = (owner[id] ?? 0) - 1;
    owner[id] = 0;
    this.#counts[wordOf(by[id] ?? 0)]--;
    const file = this.#files.findLast(({ first }) => first <= number);
    if (file === undefined) return;
    const row = number - file.first;
    file.rows.samples[row] = 0;
    this.#problems.add(problem, () => ({ ...example(), row: row + 1, name: this.#pathOf(id) }));
  }

  #pathOf(id: number): string {
    return presentPicture(this.#library, id)?.path ?? '';
  }
}

function wordOf(by: number): keyof typeof matchedBy {
  if (by === matchedBy.hash) return 'hash';
  return by === matchedBy.path ? 'path' : 'name';
}

/** The epoch of each row; -1 where it is not a whole number. Null where the file has no epochs. */
async function readEpochs(part: OpenPart, count: number): Promise<Int32Array | null> {
  const { epoch, epochColumn, table } = part;
  if (epoch !== null) return new Int32Array(count).fill(epoch);
  if (epochColumn === null) return null;
  const epochs = new Int32Array(count).fill(-1);
  const texts = new TextReader(table.texts(epochColumn));
  for (let row = 0; row < count; row++) {
    const text = (await texts.next()) ?? '';
    const number = Number(text);
    if (text.trim() !== '' && Number.isInteger(number) && number >= 0 && number < 1e9) {
      epochs[row] = number;
    }
  }
  await texts.close();
  return epochs;
}

/** Reads texts one by one from blocks of texts. */
class TextReader {
  readonly #blocks: AsyncIterator<readonly (string | null)[]>;
  #block: readonly (string | null)[] = [];
  #index = 0;

  constructor(blocks: AsyncIterable<readonly (string | null)[]>) {
    this.#blocks = blocks[Symbol.asyncIterator]();
  }

  /** The next text; null where there is none, and after the last. */
  next(): string | null | Promise<string | null> {
    return this.#index < this.#block.length
      ? (this.#block[this.#index++] ?? null)
      : this.#nextBlock();
  }

  async close(): Promise<void> {
    await this.#blocks.return?.();
  }

  async #nextBlock(): Promise<string | null> {
    const next = await this.#blocks.next();
    if (next.done === true) return null;
    this.#block = next.value;
    this.#index = 0;
    return this.next();
  }
}
