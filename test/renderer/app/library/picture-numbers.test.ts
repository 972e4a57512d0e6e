import { beforeEach, describe, expect, it } from 'vitest';
import {
  pictureNumberNames,
  type PictureNumbers,
} from '../../../../src-main/contract/picture-numbers.ts';
import {
  numberWords,
  PictureNumbersState,
} from '../../../../src-renderer/app/library/picture-numbers.svelte.ts';
import { AnsweringClient, connectionTo } from '../../answering-client.ts';
import { picturesOf } from '../../pictures-of.ts';

const pictures = picturesOf(
  { id: 3, path: 'a.png' },
  { id: 5, path: 'b.png' },
  { id: 8, path: 'c.png' },
);

function numbersOf(loss: number[], ids = [3, 8, 4]): PictureNumbers {
  const column = Float32Array.from(loss);
  return {
    ...{ epoch: 7, ids: Uint32Array.from(ids), loss: column },
    hardness: Float32Array.from(ids, () => 0.5),
    effectiveNegatives: Float32Array.from(ids, () => NaN),
    sameLabelShare: Float32Array.from(ids, (_, index) => -index),
  };
}

let answers: Record<number, Promise<PictureNumbers> | PictureNumbers>;
let numbers: PictureNumbersState;
beforeEach(async () => {
  answers = { 1: numbersOf([2, 4, 99]) };
  const client = new AnsweringClient({
    'runs.pictureNumbers': ({ run }) => answers[Number(run)]!,
  });
  numbers = new PictureNumbersState(await connectionTo(client), () => pictures);
});

describe('the numbers of pictures, with a client that answers a ledger’s', () => {
  it('are none before they are read', () => {
    expect([numbers.columns, numbers.epoch, numbers.column('loss')]).toEqual([[], null, null]);
  });

  it('stand by row of the library: none where a picture has none, nothing of pictures that are gone', async () => {
    await numbers.load(1);
    expect(numbers.epoch).toBe(7);
    expect([...(numbers.column('loss')?.values ?? [])]).toEqual([2, NaN, 4]);
  });

  it('that are the same of every picture, or of none, are not offered', async () => {
    await numbers.load(1);
    expect(numbers.columns.map(({ name }) => name)).toEqual(['loss', 'sameLabelShare']);
  });

  it('are gone where no run is looked at', async () => {
    await numbers.load(1);
    await numbers.load(null);
    expect([numbers.columns, numbers.epoch]).toEqual([[], null]);
  });

  it('of a run that is no longer looked at do not come late', async () => {
    const late = Promise.withResolvers<PictureNumbers>();
    answers[2] = late.promise;
    const loading = numbers.load(2);
    await numbers.load(null);
    late.resolve(numbersOf([1, 2, 3]));
    await loading;
    expect(numbers.epoch).toBeNull();
  });

  it('have words of their own', () => {
    expect(Object.keys(numberWords)).toEqual([...pictureNumberNames]);
  });
});

describe('the range of a number', () => {
  it('is that of all pictures where there are few', async () => {
    await numbers.load(1);
    expect(numbers.column('loss')).toMatchObject({ low: 2, high: 4 });
  });

  it('leaves out the outermost hundredth on either side', async () => {
    const many = picturesOf(...Array.from({ length: 201 }, (_, id) => ({ id, path: `${id}.png` })));
    // 0 to 200 in a mixed order, for 83 and 201 have no factor in common; row 40 has an outlier.
    const values = Array.from({ length: 201 }, (_, id) => (id * 83) % 201);
    values[values.indexOf(200)] = 1e9;
    const client = new AnsweringClient({
      'runs.pictureNumbers': () => numbersOf(values, [...many.columns.ids]),
    });
    const state = new PictureNumbersState(await connectionTo(client), () => many);
    await state.load(1);
    expect(state.column('loss')).toMatchObject({ low: 2, high: 198 });
  });
});
