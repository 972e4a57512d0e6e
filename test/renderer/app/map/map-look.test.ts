import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { binNames } from '../../../../src-main/contract/bins.ts';
import type { AppState } from '../../../../src-renderer/app/app-state.svelte.ts';
import { explanationOf } from '../../explanation-of.ts';
import { fivePicturesApp } from '../five-pictures-app.ts';
import { ledgerOf } from '../../ledger-of.ts';
import { mapPoints } from '../../map-points.ts';
import { picturesOf } from '../../pictures-of.ts';

const [dim, normal, strong] = [0, 1, 2];
/** Of the first of the five pictures. */
const explained = explanationOf(1, [
  { id: 3, bin: 'hard', share: 0.4 },
  { id: 2, bin: 'false', share: 0.1 },
  { id: 4, bin: 'ring', share: -0.4 },
  { id: 5, bin: 'easy', share: 0.01 },
]);

let app: AppState;
beforeEach(async () => {
  app = await fivePicturesApp();
  // The map has an order of its own, and a picture that the library does not show any more.
  app.runs.map = mapPoints('latest', [5, 1, 2, 3, 4, 99]);
});
afterEach(() => vi.unstubAllGlobals());

const categories = (): number[] => [...app.mapLook.colours.categories];
const emphasis = (): number[] => [...app.mapLook.emphasis];

describe('the look of the map, with a client that answers two verdicts and a ledger', () => {
  it('is by label while no anchor is explained; what has no label is grey', () => {
    expect([app.mapLook.wish, app.mapLook.colouring]).toEqual(['bin', 'label']);
    expect(categories()).toEqual([2, 1, 1, 2, 0, 0]);
    expect(app.mapLook.colours.palette[0]).toBe('easy in dark');
    expect(app.mapLook.colours.palette).toHaveLength(3);
    expect(emphasis()).toEqual([normal, normal, normal, normal, normal, normal]);
  });

  it('is by bin once there is an anchor, the few that matter strong', () => {
    app.explanation.current = explained;
    expect(app.mapLook.colouring).toBe('bin');
    const { palette } = app.mapLook.colours;
    expect(categories().map((category) => palette[category])).toEqual([
      ...['easy in dark', 'anchor in dark', 'false in dark', 'hard in dark', 'ring in dark'],
      'anchor in dark',
    ]);
    expect(emphasis().slice(0, 5)).toEqual([dim, strong, strong, strong, normal]);
    expect([0, 1, 2, 3, 4].map((row) => app.mapLook.binAt(row))).toEqual([
      ...[null, 'false', 'hard', 'ring', 'easy'],
    ]);
  });

  it('shows easy ones where they are asked for, and dims what the filter leaves out', () => {
    app.explanation.current = explained;
    app.focus.toggleBin('easy');
    expect(emphasis().slice(0, 5)).toEqual([normal, dim, dim, dim, dim]);
    expect([...app.mapLook.matches!]).toEqual([0, 0, 0, 0, 1]);
    expect(app.mapLook.passing).toBe(1);
    app.focus.clear();
    expect([app.mapLook.matches, app.mapLook.passing]).toEqual([null, null]);
  });

  it('dims what is not selected, by id', () => {
    app.focus.select([5, 3], 'replace');
    expect(emphasis()).toEqual([normal, dim, dim, normal, dim, dim]);
  });

  it('is by verdict, the judged ones strong', async () => {
    await app.judged.refresh();
    app.mapLook.wish = 'verdict';
    const { palette } = app.mapLook.colours;
    // 5, 1, 2, 3, 4: none, same, none, same, unsure.
    expect(categories().slice(0, 5)).toEqual([0, 1, 0, 1, 3]);
    expect(palette).toEqual(['easy in dark', 'false in dark', 'text in dark', 'dim in dark']);
    expect(palette[1]).toBe(app.mapLook.colourOfVerdict('same'));
    expect(emphasis().slice(0, 5)).toEqual([normal, strong, normal, strong, strong]);
  });

  it('is by a number where the run has it, from low to high, and grey without', async () => {
    app.mapLook.wish = 'loss';
    expect(app.mapLook.colouring).toBe('label');
    await app.numbers.load(1);
    expect(app.mapLook.colouring).toBe('loss');
    // Losses 4, 0, 1, 2 and none, of 24 steps from 0 to 4: the last, the first, 6 and 12.
    expect(categories().slice(0, 5)).toEqual([24, 1, 7, 13, 0]);
    expect(app.mapLook.colours.palette).toHaveLength(25);
    expect(app.mapLook.colours.palette[0]).toBe('line in dark');
    app.mapLook.wish = 'hardness';
    expect([app.mapLook.colouring, app.mapLook.number]).toEqual(['label', null]);
  });

  it('uses colours again where there are more labels than a point can tell', () => {
    const many = Array.from({ length: 256 }, (_, id) => ({ id, path: '', label: `label ${id}` }));
    app.library.pictures = picturesOf(...many);
    app.runs.map = mapPoints('latest', [0, 253, 254, 255]);
    expect(categories()).toEqual([1, 254, 1, 2]);
  });

  it('is nothing without a map', () => {
    app.runs.map = null;
    expect([categories(), emphasis()]).toEqual([[], []]);
  });
});

describe('the edges from the anchor', () => {
  it('are to hard, false and ring ones, as strong as the root of their share of the strongest', () => {
    app.explanation.current = explained;
    expect(app.mapLook.edges).toEqual([]);
    app.anchor.set(1);
    // 0.25 + 0.75 √(0.1 / 0.4) is 0.625.
    expect(
      app.mapLook.edges.map(({ id, kind, strength }) => [id, kind, strength.toFixed(3)]),
    ).toEqual([
      ...[
        [3, 'hard', '1.000'],
        [2, 'false', '0.625'],
        [4, 'ring', '1.000'],
      ],
    ]);
  });

  it('are a few of each kind, the first', () => {
    const bins = (['hard', 'false', 'ring'] as const).flatMap((bin) =>
      Array.from({ length: 20 }, () => bin),
    );
    app.explanation.current = explanationOf(
      1,
      bins.map((bin, id) => ({ id: id + 2, bin, share: 0 })),
    );
    app.anchor.set(1);
    const count = (kind: string): number =>
      app.mapLook.edges.filter((edge) => edge.kind === kind).length;
    expect([count('hard'), count('false'), count('ring')]).toEqual([10, 14, 16]);
    for (const { strength } of app.mapLook.edges) expect(strength).toBe(0.25);
  });
});

describe('the negatives that the map marks', () => {
  const easyIds = (): number[] => {
    const shown = app.shownNegatives!;
    return [...shown.ids].filter((_, index) => shown.bin[index] === binNames.indexOf('easy'));
  };

  it('are those of the explanation; of a batch all others are easy', () => {
    app.explanation.current = explained;
    expect(app.shownNegatives).toBe(explained);
    const batch = { size: 64, seed: 1 };
    app.explanation.current = explanationOf(1, [{ id: 3, bin: 'hard' }], { batch });
    expect(easyIds()).toEqual([2, 4, 5]);
  });

  it('are what the training recorded where that is compared with', () => {
    app.explanation.current = explained;
    app.explanation.candidateSet = 'training';
    expect(app.shownNegatives).toBeNull();
    app.ledger.current = ledgerOf(1, [1], [{ id: 3, zone: 0, share: 0.5 }]);
    expect([...app.shownNegatives!.ids]).toEqual([3, 2, 4, 5]);
    expect(easyIds()).toEqual([2, 4, 5]);
  });
});
