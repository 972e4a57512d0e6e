import type { EngineClient } from '../contract/client.ts';
import type { Comparison } from '../contract/comparison.ts';
import { EngineError } from '../contract/errors/errors.ts';
import type { SampleColumns } from '../contract/library.ts';
import { pictureMediaType } from '../pages/picture-file.ts';
import { pictureNames } from './picture-names.ts';
import type { ReportPictures } from './report-html.ts';
import { shownPictures } from './report-sections.ts';

/** Fetches the thumbnails of all pictures that a report on these comparisons shows. */
export async function reportPictures(
  engine: EngineClient,
  comparisons: readonly Comparison[],
  samples: SampleColumns,
): Promise<ReportPictures> {
  const nameOf = pictureNames(samples);
  const thumbnails = new Map<number, string>();
  for (const id of new Set(comparisons.flatMap(shownPictures))) {
    thumbnails.set(id, await thumbnailUri(engine, nameOf(id).hash));
  }
  return { nameOf, thumbnailOf: (id) => thumbnails.get(id) ?? '' };
}

async function thumbnailUri(engine: EngineClient, hash: string): Promise<string> {
  try {
    const image = await engine.call('pictures.thumbnail', { hash });
    return `data:${pictureMediaType(image)};base64,${Buffer.from(image).toString('base64')}`;
  } catch (error) {
    // Its file may be gone since the comparison was stored.
    if (error instanceof EngineError && error.code === 'not-found') return '';
    throw error;
  }
}
