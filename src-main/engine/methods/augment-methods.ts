import { resolveAugmentation } from '../../contract/augmentations.ts';
import { findAnchor } from '../pictures/anchor-lookup.ts';
import { decodeFile } from '../pictures/decode-file.ts';
import { libraryDecoding } from '../store/library-decoding.ts';
import { firstReadableFile } from '../pictures/first-readable-file.ts';
import type { OpenLibraries } from '../session/open-libraries.ts';
import type { ViewDrawer } from '../augmentation/view-drawer.ts';
import type { MethodsOf } from './method-handlers.ts';

/** Answers the methods on views of pictures. */
export function augmentMethods(
  libraries: OpenLibraries,
  workingFolder: string,
): MethodsOf<'augment'> {
  let drawer: Promise<ViewDrawer> | null = null;
  return {
    'augment.preview': async ({ anchor, augmentation, augmentationOverrides, ...wanted }) => {
      const settings = resolveAugmentation(augmentation, augmentationOverrides);
      const { library } = libraries.opened();
      const { hash } = findAnchor(library, anchor, workingFolder);
      const { size, count } = wanted;
      const picture = await firstReadableFile(library, hash, (path) =>
        decodeFile(path, hash, size, libraryDecoding(library)),
      );
      const views = await (await (drawer ??= loadDrawer())).draw({ ...wanted, picture, settings });
      return { size, count, picture: new Uint8Array(picture), views };
    },
  };
}

/** Tensors and ONNX Runtime are loaded only when they are needed. */
async function loadDrawer(): Promise<ViewDrawer> {
  const { ViewDrawer } = await import('../augmentation/view-drawer.ts');
  return new ViewDrawer();
}
