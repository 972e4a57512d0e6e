/** Turns RGB bytes into BGR bytes, or back, in place. */
export function swapRedAndBlue(bytes: Uint8Array): void {
  for (let index = 0; index < bytes.length; index += 3) {
    const red = bytes[index] ?? 0;
    bytes[index] = bytes[index + 2] ?? 0;
    bytes[index + 2] = red;
  }
}
