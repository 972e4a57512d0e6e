/** A square PNG image and its side in pixels. */
export interface IconImage {
  readonly size: number;
  readonly png: Uint8Array;
}

/**
 * A Windows icon that holds PNG images, which Windows reads since Vista: a header of 6 bytes, an entry of
 * 16 bytes for each image, the images.
 */
export function icoFile(images: readonly IconImage[]): Buffer {
  const header = Buffer.alloc(6 + 16 * images.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(images.length, 4);
  let offset = header.length;
  for (const [index, { size, png }] of images.entries()) {
    const entry = 6 + 16 * index;
    // A side of 256 is written as 0.
    header.writeUInt8(size % 256, entry);
    header.writeUInt8(size % 256, entry + 1);
    header.writeUInt16LE(1, entry + 4);
    header.writeUInt16LE(32, entry + 6);
    header.writeUInt32LE(png.length, entry + 8);
    header.writeUInt32LE(offset, entry + 12);
    offset += png.length;
  }
  return Buffer.concat([header, ...images.map(({ png }) => png)]);
}

/** The types of a Mac's icon elements that hold PNG images, by their side in pixels. */
const elementTypes: Readonly<Record<number, readonly string[]>> = {
  16: ['icp4'],
  32: ['icp5', 'ic11'],
  64: ['ic12'],
  128: ['ic07'],
  256: ['ic08', 'ic13'],
  512: ['ic09', 'ic14'],
  1024: ['ic10'],
};

/**
 * An icon for macOS: `icns` and the length of all, then elements, each its type, its length with these
 * 8 bytes, and a PNG. Sizes that a Mac does not know are left out.
 */
export function icnsFile(images: readonly IconImage[]): Buffer {
  const elements = images.flatMap(({ size, png }) =>
    (elementTypes[size] ?? []).map((type) => element(type, png)),
  );
  return element('icns', Buffer.concat(elements));
}

function element(type: string, content: Uint8Array): Buffer {
  const head = Buffer.alloc(8);
  head.write(type, 'latin1');
  head.writeUInt32BE(8 + content.length, 4);
  return Buffer.concat([head, content]);
}
