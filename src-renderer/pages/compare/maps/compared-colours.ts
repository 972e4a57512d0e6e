import type { ComparisonWithMaps } from '../../../../src-main/contract/comparison.ts';
import type { PointColours } from '../../../map/scene/map-props.ts';
import type { AppState } from '../../../app/app-state.svelte.ts';
import { numberStep } from '../../../app/map/number-colours.ts';
import { changeColours } from './change-colours.ts';
import { hardnessReach } from './hardness-reach.ts';

/** The colours of the pictures of a comparison, by what the user chose: both maps have the same. */
export function comparedColours(
  { comparison, library, theme, mapLook }: AppState,
  result: ComparisonWithMaps,
): PointColours {
  const { pictures } = library;
  if (comparison.colouring === 'label') {
    const { labelIndex } = pictures.columns;
    return {
      categories: byRow(result, (_, id) => 1 + (labelIndex[pictures.rowOf(id)] ?? -1)),
      palette: [theme.colours.easy, ...mapLook.labelPalette],
    };
  }
  const reach = hardnessReach(result);
  const isOverlap = comparison.colouring === 'overlap';
  return {
    categories: byRow(result, (row) =>
      isOverlap
        ? (numberStep(result.overlap[row] ?? 0, 0, 1) ?? 0)
        : (numberStep(-(result.hardness[row] ?? 0), -reach, reach) ?? 0),
    ),
    palette: changeColours(theme.colours),
  };
}

/** A number from 0 to 255 for each picture of a comparison, in its order. */
export function byRow(
  { ids }: ComparisonWithMaps,
  valueOf: (row: number, id: number) => number,
): Uint8Array {
  const values = new Uint8Array(ids.length);
  for (let row = 0; row < values.length; row++) values[row] = valueOf(row, ids[row] ?? -1);
  return values;
}
