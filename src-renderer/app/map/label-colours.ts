/**
 * `count` hex colours that tell labels apart: hues spread over the OKLCH circle, lightness in two
 * steps so that neighbouring hues differ by more than hue (Ottosson 2020, "A perceptual color
 * space for image processing").
 */
export function labelColours(count: number, theme: 'light' | 'dark'): string[] {
  const [light, deep, chroma] = theme === 'dark' ? [0.79, 0.66, 0.115] : [0.6, 0.47, 0.125];
  return Array.from({ length: count }, (_, index) => {
    const hue = (((index * 360) / Math.max(count, 1) + 255) * Math.PI) / 180;
    return oklchToHex(index % 2 === 0 ? light : deep, chroma, hue);
  });
}

function oklchToHex(lightness: number, chroma: number, hue: number): string {
  const a = chroma * Math.cos(hue);
  const b = chroma * Math.sin(hue);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const linear = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
  return `#${linear.map((value) => toHexByte(gammaEncode(value))).join('')}`;
}

function gammaEncode(linear: number): number {
  const value = Math.min(1, Math.max(0, linear));
  return value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055;
}

function toHexByte(value: number): string {
  return Math.round(value * 255)
    .toString(16)
    .padStart(2, '0');
}
