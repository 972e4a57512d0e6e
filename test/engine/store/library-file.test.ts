import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { EngineError } from '../../../src-main/contract/errors/errors.ts';
import { openLibrary } from '../../../src-main/engine/store/library-file.ts';
import { readMeta, writeMeta } from '../../../src-main/engine/store/meta.ts';
import { migrations } from '../../../src-main/engine/store/migrate.ts';
import { savePixels } from '../../../src-main/engine/store/pixels.ts';
import { addSamples, temporaryFolder, temporaryLibrary } from './temporary-library.ts';

const write = { mode: 'write', now: () => 0 } as const;

function failureOf(work: () => unknown): EngineError {
  try {
    work();
  } catch (error) {
    if (error instanceof EngineError) return error;
    throw error;
  }
  throw new Error('Nothing was thrown.');
}

/** Starts a process that opens a library; resolves with its first line: `open`, or an error as JSON. */
async function openElsewhere(...options: string[]): Promise<{ child: ChildProcess; line: string }> {
  const script = join(import.meta.dirname, 'library-process.ts');
  const child = spawn(process.execPath, ['--no-warnings', script, ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [output] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, line: output.toString().trim() };
}

describe('a library file', () => {
  test('is made where there is none, and found again', () => {
    const file = join(temporaryFolder(), 'my library 사진 😀.sqlite');
    const made = openLibrary(file, write);
    writeMeta(made, 'name', 'emoji');
    made.close();
    const again = openLibrary(file, write);
    expect(readMeta(again, 'name')).toBe('emoji');
    expect(again.db.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(again.db.pragma('foreign_keys', { simple: true })).toBe(1);
    again.close();
  });

  test('is read and written by worker threads and readers beside its writer', () => {
    const library = temporaryLibrary();
    writeMeta(library, 'a', '1');
    const worker = openLibrary(library.file, { mode: 'worker', now: () => 0 });
    writeMeta(worker, 'b', '2');
    worker.close();
    const reader = openLibrary(library.file, { mode: 'read', now: () => 0 });
    expect([readMeta(reader, 'a'), readMeta(reader, 'b')]).toEqual(['1', '2']);
    expect(failureOf(() => writeMeta(reader, 'c', '3')).code).toBe('library-unreadable');
    reader.close();
  });

  test('loses nothing when its one transaction throws', () => {
    const library = temporaryLibrary();
    writeMeta(library, 'a', '1');
    expect(() =>
      library.write(() => {
        writeMeta(library, 'a', '2');
        throw new Error('stop');
      }),
    ).toThrow('stop');
    expect(readMeta(library, 'a')).toBe('1');
  });
});

describe('a file that is no library', () => {
  test('not SQLite: says so, leaves it as it was and makes nothing beside it', () => {
    const file = join(temporaryFolder(), 'notes.txt');
    writeFileSync(
      file,
      'These are my notes, longer than the header of an SQLite file. '.repeat(40),
    );
    const before = readFileSync(file);
    const { code, message } = failureOf(() => openLibrary(file, write));
    expect(code).toBe('library-unreadable');
    expect(message).toContain('is not an SQLite file');
    expect(readFileSync(file)).toEqual(before);
    expect(existsSync(`${file}.lock`)).toBe(false);
  });

  test('a file of a few letters is left as it was, too', () => {
    const file = join(temporaryFolder(), 'short.txt');
    writeFileSync(file, 'Milk, bread.');
    const { code, message } = failureOf(() => openLibrary(file, write));
    expect(code).toBe('library-unreadable');
    expect(message).toContain('is not an SQLite file');
    expect(readFileSync(file, 'utf8')).toBe('Milk, bread.');
  });

  test('another program’s SQLite file: says so and leaves it as it was', () => {
    const file = join(temporaryFolder(), 'other.sqlite');
    const other = new Database(file);
    other.exec('CREATE TABLE meta (key TEXT); INSERT INTO meta VALUES (1)');
    other.close();
    const before = readFileSync(file);
    const { code, message } = failureOf(() => openLibrary(file, write));
    expect(code).toBe('library-unreadable');
    expect(message).toContain('not a Negatoscope library');
    expect(readFileSync(file)).toEqual(before);
  });

  test('a newer library: names both versions and leaves it as it was', () => {
    const library = temporaryLibrary();
    library.close();
    const raw = new Database(library.file);
    raw.pragma(`user_version = ${migrations.length + 6}`);
    raw.close();
    const before = readFileSync(library.file);
    const { code, message } = failureOf(() => openLibrary(library.file, write));
    expect(code).toBe('library-newer');
    expect(message).toMatch(
      new RegExp(`version ${migrations.length + 6}.*up to ${migrations.length}`),
    );
    expect(readFileSync(library.file)).toEqual(before);
  });

  test('a damaged library: says so and deletes nothing', () => {
    const library = temporaryLibrary();
    const ids = addSamples(library, ['a.png']);
    savePixels(library, ids[0]!, 256, new Uint8Array(256 * 256 * 3));
    library.close();
    truncateSync(library.file, 8192);
    const { code, message } = failureOf(() => {
      const damaged = openLibrary(library.file, write);
      onTestFinished(() => damaged.close());
      damaged.query('SELECT count(*) FROM pixels').get();
      damaged.query('SELECT * FROM samples').all();
    });
    expect(code).toBe('library-damaged');
    expect(message).toContain('is damaged. Nothing was deleted');
    expect(statSync(library.file).size).toBe(8192);
  });

  test('a missing folder, and a missing file to read', () => {
    const folder = temporaryFolder();
    const missing = failureOf(() => openLibrary(join(folder, 'no', 'l.sqlite'), write));
    expect(missing.code).toBe('library-unreadable');
    expect(missing.message).toContain(`the folder ${join(folder, 'no')} does not exist`);
    const file = join(folder, 'l.sqlite');
    const unread = failureOf(() => openLibrary(file, { mode: 'read', now: () => 0 }));
    expect(unread.message).toContain('there is no such file');
    expect(existsSync(file)).toBe(false);
  });

  test('a folder in place of a file', () => {
    const { code, message } = failureOf(() => openLibrary(temporaryFolder(), write));
    expect(code).toBe('library-unreadable');
    expect(message).toContain('is a folder, not a library');
  });

  test.skipIf(process.platform === 'win32')('a file that the user may not write', async () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o755);
    const file = join(folder, 'l.sqlite');
    openLibrary(file, write).close();
    chmodSync(file, 0o444);
    const { line } = await openElsewhere(file, 'write', 'hold', 'nobody');
    expect(JSON.parse(line)).toMatchObject({
      code: 'library-unreadable',
      message: expect.stringContaining('no permission') as string,
    });
  });

  test.skipIf(process.platform === 'win32')('a file that the user may not read', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'closed'), { mode: 0o700 });
    chmodSync(folder, 0o755);
    const file = join(folder, 'closed', 'l.sqlite');
    openLibrary(file, write).close();
    if (process.getuid?.() !== 0) chmodSync(join(folder, 'closed'), 0);
    onTestFinished(() => chmodSync(join(folder, 'closed'), 0o700));
    const { line } = await openElsewhere(file, 'write', 'hold', 'nobody');
    expect(JSON.parse(line)).toMatchObject({ code: 'library-unreadable' });
  });

  test('a full disk: says so, and keeps what was saved before', () => {
    const library = temporaryLibrary();
    const ids = addSamples(library, ['a.png']);
    writeMeta(library, 'a', '1');
    const pages = library.db.pragma('page_count', { simple: true }) as number;
    library.db.pragma(`max_page_count = ${pages}`);
    const { code, message } = failureOf(() =>
      library.write(() => {
        writeMeta(library, 'a', '2');
        savePixels(library, ids[0]!, 512, new Uint8Array(512 * 512 * 3));
      }),
    );
    expect(code).toBe('library-full');
    expect(message).toContain('is full');
    expect(readMeta(library, 'a')).toBe('1');
  });
});

describe('a library in use', () => {
  test('by another process: refused to a writer, open to a reader', async () => {
    const file = join(temporaryFolder(), 'l.sqlite');
    openLibrary(file, write).close();
    const { line } = await openElsewhere(file, 'write');
    expect(line).toBe('open');
    const { code, message } = failureOf(() => openLibrary(file, write));
    expect(code).toBe('library-in-use');
    expect(message).toContain(`${file} is in use by another process`);
    const reader = openLibrary(file, { mode: 'read', now: () => 0 });
    expect(readMeta(reader, 'a')).toBeNull();
    reader.close();
  });

  test('is free again, and whole, once that process is killed', async () => {
    const file = join(temporaryFolder(), 'l.sqlite');
    const { child } = await openElsewhere(file, 'write', 'write');
    child.kill('SIGKILL');
    await once(child, 'exit');
    const library = openLibrary(file, write);
    expect(readMeta(library, 'half')).toBeNull();
    expect(library.db.pragma('integrity_check', { simple: true })).toBe('ok');
    library.close();
  });

  test('twice in one process: refused as well', () => {
    const library = temporaryLibrary();
    expect(failureOf(() => openLibrary(library.file, write)).code).toBe('library-in-use');
  });

  test('its lock holds while threads of its process open and close it', async () => {
    const library = temporaryLibrary();
    const worker = new Worker(
      `import { openLibrary } from ${JSON.stringify(new URL('../../../src-main/engine/store/library-file.ts', import.meta.url).href)};
       openLibrary(${JSON.stringify(library.file)}, { mode: 'worker', now: () => 0 }).close();`,
      { eval: true },
    );
    await once(worker, 'exit');
    const { line } = await openElsewhere(library.file, 'write');
    expect(JSON.parse(line)).toMatchObject({ code: 'library-in-use' });
  });
});
