import { describe, expect, it } from 'vitest';
import {
  atTemperature,
  float32Problems,
  temperatureOf,
  temperatures,
  wantedInFloat64,
} from './float32-check.ts';
import { casesOf } from './golden-cases.ts';
import { goldenFamilies } from './golden-families.ts';

const cases = casesOf(...Object.keys(goldenFamilies))
  .filter((golden) => !Number.isNaN(temperatureOf(golden)))
  .flatMap((golden) =>
    temperatures.map((temperature) => ({ name: golden.name, temperature, golden })),
  );

/** The devices that need nothing but the processor; the others are tried in processes of their own. */
const devices = ['cpu', 'tfjs-cpu'];

describe('every objective at every temperature is the same on every device', () => {
  it.each(cases)('$name at $temperature', async ({ golden, temperature }) => {
    const tried = atTemperature(golden, temperature);
    for (const loss of goldenFamilies[golden.objective]!(tried)) {
      const wanted = await wantedInFloat64(loss);
      for (const device of devices) {
        expect(await float32Problems(tried, loss, device, wanted), device).toEqual([]);
      }
    }
  });
});
