import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  firstPreferences,
  needsNewStart,
  type Preferences,
} from '../../src-main/contract/preferences.ts';
import { KnownEngines } from '../../src-main/desktop/known-engines.ts';
import { PreferencesFile } from '../../src-main/desktop/preferences-file.ts';
import { temporaryFolder } from '../engine/store/temporary-library.ts';

const gpu = { origin: 'http://gpu:4000', host: 'gpu:4000', token: 'secret-1' };
const lab = { origin: 'https://lab', host: 'lab', token: 'secret-2' };

describe('the preferences', () => {
  it('are there again, in a file that only the user reads', () => {
    const file = join(temporaryFolder(), 'user/preferences.json');
    const folder = temporaryFolder();
    const wanted: Preferences = { libraryFolder: folder, threads: 2, device: 'cpu', atQuit: 'ask' };
    expect(new PreferencesFile(file).current).toEqual(firstPreferences);
    expect(new PreferencesFile(file).save(wanted)).toBeNull();
    expect(new PreferencesFile(file).current).toEqual(wanted);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('keep what can be read of a damaged file', () => {
    const file = join(temporaryFolder(), 'preferences.json');
    writeFileSync(file, '{"threads": 0, "atQuit": "never", "device": "cpu", "more": 1}');
    expect(new PreferencesFile(file).current).toEqual({ ...firstPreferences, device: 'cpu' });
    writeFileSync(file, '{"threads": 2');
    expect(new PreferencesFile(file).current).toEqual(firstPreferences);
  });

  it('do not take a folder in which no library can be made', () => {
    const file = join(temporaryFolder(), 'preferences.json');
    const kept = new PreferencesFile(file);
    const inTheWay = join(temporaryFolder(), 'a file');
    writeFileSync(inTheWay, '');
    expect(kept.save({ ...firstPreferences, libraryFolder: inTheWay })).toMatch('another folder');
    expect(kept.save({ ...firstPreferences, libraryFolder: 'here' })).toMatch('whole path');
    expect(kept.current).toEqual(firstPreferences);
  });

  it('need a new start of the engine only for what the engine computes with', () => {
    expect(needsNewStart(firstPreferences, { ...firstPreferences, threads: 1 })).toBe(true);
    expect(needsNewStart(firstPreferences, { ...firstPreferences, device: 'cpu' })).toBe(true);
    expect(needsNewStart(firstPreferences, { ...firstPreferences, libraryFolder: '/x' })).toBe(
      true,
    );
    const other: Preferences = { ...firstPreferences, atQuit: 'background' };
    expect(needsNewStart(firstPreferences, other)).toBe(false);
  });
});

describe('the remote engines that were used before', () => {
  const reversed = (text: string): string => Buffer.from(text).reverse().toString();
  const keyring = { isAvailable: () => true, seal: reversed, unseal: reversed };
  const noKeyring = { ...keyring, isAvailable: () => false };

  it('come back with their tokens, sealed in the file, the last one first', () => {
    const file = join(temporaryFolder(), 'engines.json');
    const before = new KnownEngines(file, keyring);
    before.remember(gpu, false);
    before.remember(lab, true);
    before.remember(gpu, false);
    const text = readFileSync(file, 'utf8');
    expect(text).not.toContain('secret');
    const after = new KnownEngines(file, keyring);
    expect(after.list().known.map(({ host }) => host)).toEqual(['gpu:4000', 'lab']);
    expect(after.token(gpu.origin)).toBe('secret-1');
    expect(after.atStart()).toBeNull();
    after.remember(lab, true);
    expect(new KnownEngines(file, keyring).atStart()).toEqual(lab);
    expect(after.list().known[0]).toEqual({
      ...{ origin: 'https://lab', host: 'lab' },
      ...{ hasToken: true, isAtStart: true },
    });
    after.startWithOwn();
    expect(new KnownEngines(file, keyring).atStart()).toBeNull();
    after.forget(lab.origin);
    expect(after.list().known).toHaveLength(1);
    expect(after.token(lab.origin)).toBeNull();
  });

  it('have no token after a restart where the system keeps no secrets', () => {
    const file = join(temporaryFolder(), 'engines.json');
    const before = new KnownEngines(file, noKeyring);
    before.remember(gpu, true);
    expect(before.list()).toMatchObject({ keepsTokens: false, known: [{ hasToken: true }] });
    const text = readFileSync(file, 'utf8');
    expect(text).not.toContain(gpu.token);
    expect(text).not.toContain(reversed(gpu.token));
    const after = new KnownEngines(file, noKeyring);
    expect(after.list().known).toMatchObject([{ hasToken: false, isAtStart: false }]);
    expect(after.atStart()).toBeNull();
  });

  it('are none where the file is damaged', () => {
    const file = join(temporaryFolder(), 'engines.json');
    writeFileSync(file, '[');
    chmodSync(file, 0o600);
    expect(new KnownEngines(file, keyring).list().known).toEqual([]);
  });
});
