import { describe, expect, it } from 'vitest';
import { EngineError } from '../../../../../src-main/contract/errors/errors.ts';
import { importInput, type ImportInspection } from '../../../../../src-main/contract/imports.ts';
import { ImportForm } from '../../../../../src-renderer/pages/exchange/import/import-form.svelte.ts';
import { AnsweringClient, connectionTo } from '../../../answering-client.ts';

const found = { format: 'npy', rows: 12 } as ImportInspection;

async function form(inspect: () => ImportInspection = () => found) {
  const client = new AnsweringClient({ 'imports.inspect': inspect });
  return { form: new ImportForm(await connectionTo(client)), client };
}

describe('the form of an import', () => {
  it('has the engine look into the files that are chosen', async () => {
    const { form: importing, client } = await form();
    importing.choose(['/data/a.npy']);
    expect(importing.isLooking).toBe(true);
    await importing.look();
    expect(importing).toMatchObject({ isLooking: false, problem: '', found: { rows: 12 } });
    expect(client.calls[0]).toEqual({
      ...{ method: 'imports.inspect', input: { files: ['/data/a.npy'] } },
    });
  });

  it('takes a file in and out, and forgets what was said of the others', async () => {
    const { form: importing } = await form();
    importing.toggle('/a.npy');
    importing.toggle('/b.csv');
    importing.say({ paths: '/b.csv', epoch: ' ' });
    expect(importing.source).toEqual({ files: ['/a.npy', '/b.csv'], paths: '/b.csv' });
    importing.toggle('/a.npy');
    expect(importing.source).toEqual({ files: ['/b.csv'] });
    await importing.look();
  });

  it('allows gaps where that was ticked, and asks again for other files', async () => {
    const { form: importing, client } = await form();
    importing.choose(['/a.csv']);
    importing.allow(true);
    expect(importing.input).toEqual({ files: ['/a.csv'], allowGaps: true, dryRun: false });
    await importing.look();
    expect(client.calls.at(-1)).toMatchObject({ input: { files: ['/a.csv'], allowGaps: true } });
    importing.choose(['/b.csv']);
    expect(importing.source).toEqual({ files: ['/b.csv'] });
    await importing.look();
  });

  it('holds a name for the files that it was given for, and forgets it with the last of them', async () => {
    const { form: importing } = await form();
    importing.name = 'from CLIP';
    importing.choose(['/a.npy']);
    importing.toggle('/b.csv');
    importing.toggle('/a.npy');
    expect(importing.name).toBe('from CLIP');
    importing.choose(['/other.npy']);
    expect(importing.name).toBe('');
    importing.name = 'other';
    importing.toggle('/other.npy');
    expect([importing.files, importing.name]).toEqual([[], '']);
    await importing.look();
  });

  it('finds nothing in nothing', async () => {
    const { form: importing, client } = await form();
    importing.choose(['/a.npy']);
    await importing.look();
    const asked = client.calls.length;
    importing.toggle('/a.npy');
    expect(importing).toMatchObject({ files: [], found: null, problem: '' });
    expect(client.calls).toHaveLength(asked);
  });

  it('tells what is wrong with the files, and takes it back', async () => {
    let isBad = true;
    const { form: importing } = await form(() => {
      if (isBad) throw new EngineError('bad-argument', '/a.npy is no array of vectors.');
      return found;
    });
    importing.choose(['/a.npy']);
    await importing.look();
    expect(importing).toMatchObject({
      ...{ found: null, problem: '/a.npy is no array of vectors.', isLooking: false },
    });
    isBad = false;
    importing.say({ vectors: 'h' });
    await importing.look();
    expect(importing).toMatchObject({ found: { rows: 12 }, problem: '' });
  });

  it('makes an import that the engine takes, named where a name is given', async () => {
    const { form: importing } = await form();
    importing.choose(['/a.npy']);
    importing.say({ hashes: 'sha' });
    importing.name = '   ';
    expect(importing.input).toEqual({ files: ['/a.npy'], hashes: 'sha', dryRun: false });
    importing.name = ' from CLIP ';
    expect(importInput.parse(importing.input)).toMatchObject({ name: 'from CLIP' });
    await importing.look();
  });
});
