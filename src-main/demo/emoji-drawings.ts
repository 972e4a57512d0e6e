import { createRequire } from 'node:module';
import { z } from 'zod';

const require = createRequire(import.meta.url);

const iconSet = z.object({
  width: z.number().optional(),
  height: z.number().optional(),
  icons: z.record(z.string(), z.object({ body: z.string() })),
});
const charactersToNames = z.record(z.string(), z.string());
const emojiTable = z.array(
  z.object({
    hexcode: z.string(),
    subgroups: z.string(),
    skintone: z.union([z.string(), z.number()]),
    order: z.union([z.string(), z.number()]),
  }),
);

/** One emoji as drawn by one vendor: `svg` is a whole document. */
interface Drawing {
  readonly codepoints: string;
  readonly vendor: string;
  readonly subgroup: string;
  readonly svg: string;
}

interface Vendor {
  readonly name: string;
  readonly draw: (iconName: string) => string | undefined;
}

function loadVendor(name: string, pictureSize: number): Vendor {
  const set = iconSet.parse(require(`@iconify-json/${name}/icons.json`));
  const box = `0 0 ${set.width ?? 128} ${set.height ?? 128}`;
  return {
    name,
    draw: (iconName) => {
      const body = set.icons[iconName]?.body;
      return (
        body &&
        `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${pictureSize}" height="${pictureSize}" viewBox="${box}">${body}</svg>`
      );
    },
  };
}

/**
 * All drawings of the emoji in `subgroups` that at least two of `vendors` draw, without skin tones. Of
 * each subgroup the `emojiPerClass` emoji that most vendors draw are taken, in Unicode order. The names
 * are those of the first vendor's table (the Iconify sets have the same names).
 */
export function listDrawings(recipe: {
  readonly vendors: readonly string[];
  readonly classes: readonly string[];
  readonly emojiPerClass: number;
  readonly pictureSize: number;
}): Drawing[] {
  const vendors = recipe.vendors.map((name) => loadVendor(name, recipe.pictureSize));
  const nameTables = recipe.vendors.map((vendor) =>
    charactersToNames.parse(require(`@iconify-json/${vendor}/chars.json`)),
  );
  const emoji = emojiTable
    .parse(require('openmoji/data/openmoji.json'))
    .filter((entry) => entry.skintone === '');
  return recipe.classes.flatMap((subgroup) => {
    const drawn = emoji
      .filter((entry) => entry.subgroups === subgroup)
      .sort((a, b) => Number(a.order) - Number(b.order))
      .map((entry) => drawingsOf(entry.hexcode.toLowerCase(), subgroup, vendors, nameTables))
      .filter((drawings) => drawings.length >= 2);
    return drawn
      .sort((a, b) => b.length - a.length)
      .slice(0, recipe.emojiPerClass)
      .flat();
  });
}

function drawingsOf(
  codepoints: string,
  subgroup: string,
  vendors: readonly Vendor[],
  nameTables: readonly Readonly<Record<string, string>>[],
): Drawing[] {
  const bare = codepoints.replaceAll('-fe0f', '');
  const nameIn = (table: Readonly<Record<string, string>> | undefined): string | undefined =>
    table?.[codepoints] ?? table?.[bare];
  const sharedName = nameIn(nameTables[0]);
  return vendors.flatMap((vendor, index) => {
    const iconName = nameIn(nameTables[index]) ?? sharedName;
    const svg = iconName === undefined ? undefined : vendor.draw(iconName);
    return svg ? [{ codepoints: bare, vendor: vendor.name, subgroup, svg }] : [];
  });
}
