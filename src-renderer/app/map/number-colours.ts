/** How many steps a number's colours have. */
export const numberSteps = 24;

// Viridis (Smith, van der Walt 2015), without the end that is close to the background.
const stops = {
  dark: ['#4a4fa3', '#34779f', '#26a08d', '#6ccb61', '#f2e850'],
  light: ['#c2c93f', '#4cb36a', '#218a8d', '#35608d', '#440f5c'],
} as const;

/** The colours of a number from low to high, the low end nearest to the background. */
export function numberColours(theme: 'light' | 'dark'): string[] {
  const colours = stops[theme];
  return Array.from({ length: numberSteps }, (_, step) => {
    const position = (step / (numberSteps - 1)) * (colours.length - 1);
    const index = Math.min(Math.floor(position), colours.length - 2);
    return mix(colours[index] ?? '#000000', colours[index + 1] ?? '#000000', position - index);
  });
}

/** The step of a value between `low` and `high`, from 0; null where there is no value. */
export function numberStep(value: number, low: number, high: number): number | null {
  if (Number.isNaN(value)) return null;
  const position = Math.min(Math.max((value - low) / (high - low), 0), 1);
  return Math.min(Math.floor(position * numberSteps), numberSteps - 1);
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
