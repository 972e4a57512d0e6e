const endMarker = Buffer.from([0xff, 0xd9]);

/** Markers that have no length after them: TEM, the restarts and the start. */
const isBare = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);

/**
 * A JPEG with the end marker that it lacks, because a program stopped writing too early; null where
 * it has one. Whether the data before it is whole shows when it is decoded.
 */
export function withEndMarker(bytes: Uint8Array): Uint8Array | null {
  const jpeg = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 2;
  for (;;) {
    at = jpeg.indexOf(0xff, at);
    if (at < 0 || at + 1 >= jpeg.length) break;
    const marker = jpeg[at + 1] as number;
    if (marker === 0xd9) return null;
    // In coded data, a byte of 255 is followed by a zero; before a marker, it may be repeated.
    if (marker === 0xff) at += 1;
    else if (marker === 0 || isBare(marker) || at + 3 >= jpeg.length) at += 2;
    else at += 2 + jpeg.readUInt16BE(at + 2);
  }
  return Buffer.concat([jpeg.subarray(0, endOfData(jpeg)), endMarker]);
}

/** Leaves out the zeros of a block of the disk that was not filled, or the first half of the marker. */
function endOfData(jpeg: Buffer): number {
  let end = jpeg.length;
  while (end > 2 && jpeg[end - 1] === 0) end--;
  const zeros = jpeg.length - end;
  const isStuffed = jpeg[end - 1] === 0xff;
  if (zeros === 0) return isStuffed ? end - 1 : end;
  // One zero is data; after a byte of 255, the first zero is.
  return zeros === 1 || isStuffed ? end + 1 : end;
}
