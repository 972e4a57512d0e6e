import { numberSteps } from '../../../app/map/number-colours.ts';
import type { ThemeColours } from '../../../app/window/theme.svelte.ts';

/**
 * From what changed most (the colour of hard) over grey to what stayed (the colour of the ring).
 */
export function changeColours({ hard, easy, ring }: ThemeColours): string[] {
  const stops = [hard, easy, ring];
  return Array.from({ length: numberSteps }, (_, step) => {
    const position = (2 * step) / (numberSteps - 1);
    const index = Math.min(1, Math.floor(position));
    return mix(stops[index] ?? easy, stops[index + 1] ?? easy, position - index);
  });
}

function mix(from: string, to: string, part: number): string {
  const channels = [1, 3, 5].map((at) => {
    const [a, b] = [parseInt(from.slice(at, at + 2), 16), parseInt(to.slice(at, at + 2), 16)];
    return Math.round(a + (b - a) * part)
      .toString(16)
      .padStart(2, '0');
  });
  return `#${channels.join('')}`;
}
