import type { EngineClient } from '../contract/client.ts';
import { EngineError } from '../contract/errors/errors.ts';

/** The address of a picture: `/thumbnail/<hash>`, or `/picture/<hash>?size=<pixels>`. */
export interface PictureAddress {
  readonly kind: 'thumbnail' | 'picture';
  readonly hash: string;
  readonly size: number | undefined;
}

/** The picture that a URL names, by its content hash, never by a path; null for another URL. */
export function pictureAddress(url: URL): PictureAddress | null {
  const match = /^\/(thumbnail|picture)\/([0-9a-f]{64})$/.exec(url.pathname);
  if (match === null) return null;
  const [, kind, hash] = match as unknown as [string, PictureAddress['kind'], string];
  const size = url.searchParams.get('size');
  return { kind, hash, size: size === null ? undefined : Number(size) };
}

/** The headers of a picture, which never changes under its hash. */
export function pictureHeaders(picture: Uint8Array): Record<string, string> {
  return {
    'Content-Type': pictureMediaType(picture),
    'Cache-Control': 'private, max-age=31536000, immutable',
  };
}

/** A WebP, or the JPEG or PNG file of a small picture, which is its own thumbnail: by its first byte. */
export function pictureMediaType(picture: Uint8Array): string {
  if (picture[0] === 0xff) return 'image/jpeg';
  return picture[0] === 0x89 ? 'image/png' : 'image/webp';
}

/** The bytes of a picture, or null where the open library does not have it. */
export async function readPictureFile(
  engine: Pick<EngineClient, 'call'>,
  { kind, hash, size }: PictureAddress,
): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    const bytes =
      kind === 'thumbnail'
        ? await engine.call('pictures.thumbnail', { hash })
        : await engine.call('pictures.image', { hash, size });
    return new Uint8Array(bytes);
  } catch (error) {
    if (error instanceof EngineError && ['not-found', 'bad-argument'].includes(error.code)) {
      return null;
    }
    throw error;
  }
}
