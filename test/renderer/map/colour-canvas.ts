import { vi } from 'vitest';

/** Numbers of 0 to 255 of a hex colour: `#rgb`, `#rrggbb` or `#rrggbbaa`. */
function bytesOf(hex: string): number[] {
  const digits = hex.length === 4 ? hex.slice(1).replace(/./g, '$&$&') : hex.slice(1);
  return [0, 2, 4, 6].map((at) =>
    at < digits.length ? parseInt(digits.slice(at, at + 2), 16) : 255,
  );
}

/** One pixel in the colour that was filled in last. */
class OnePixelCanvas {
  getContext() {
    return {
      fillStyle: '#000',
      pixel: [0, 0, 0, 0],
      clearRect() {
        this.pixel = [0, 0, 0, 0];
      },
      fillRect() {
        this.pixel = bytesOf(this.fillStyle);
      },
      getImageData() {
        return { data: this.pixel };
      },
    };
  }
}

// Node has no canvas, and `colours.ts` asks one what a colour is as soon as it is loaded: import this first.
vi.stubGlobal('OffscreenCanvas', OnePixelCanvas);
vi.stubGlobal('CSS', {
  supports: (_property: string, value: string) =>
    /^#([0-9a-f]{3}|[0-9a-f]{6}|[0-9a-f]{8})$/.test(value),
});
