import { resolveAugmentation } from '../../contract/augmentations.ts';
import { findAnchor } from '../pictures/anchor-lookup.ts';
import { isCroppedFromSource, sourceSide } from '../pictures/source-picture.ts';
import { pictureSides } from '../store/samples.ts';
import { cropViews } from '../pictures/crop-views.ts';
import type { CropSource } from '../pictures/crop-views.ts';
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
      const { id, hash } = findAnchor(library, anchor, workingFolder);
      const { size, count } = wanted;
      const decoding = libraryDecoding(library);
      const [{ decodeFile }, { decodeSource }] = await decoders();
      const picture = await firstReadableFile(library, hash, (path) =>
        decodeFile(path, hash, size, decoding),
      );
      const isCropped = isCroppedFromSource(pictureSides(library, id), size);
      const source: CropSource = isCropped
        ? await firstReadableFile(library, hash, async (path) => ({
            kind: 'source' as const,
            ...(await decodeSource(path, hash, sourceSide(size), decoding)),
          }))
        : { kind: 'square', rgb: picture };
      const views = await (
        await (drawer ??= loadDrawer())
      ).draw({
        ...{ ...wanted, settings },
        aspect: source.kind === 'source' ? source.width / source.height : 1,
        crop: (crops) => cropViews(() => source, crops, size),
      });
      return { size, count, picture: new Uint8Array(picture), views };
    },
  };
}

/** What decodes pictures is loaded only when it is needed. */
function decoders() {
  return Promise.all([
    import('../pictures/decode-file.ts'),
    import('../pictures/decode-source.ts'),
  ]);
}

/** Tensors and ONNX Runtime are loaded only when they are needed. */
async function loadDrawer(): Promise<ViewDrawer> {
  const { ViewDrawer } = await import('../augmentation/view-drawer.ts');
  return new ViewDrawer();
}
