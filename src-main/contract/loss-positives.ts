import { zoneNames } from './bins.ts';

/** The number in columns of zones of a positive of the loss, which no ring has. */
export const positiveZone = zoneNames.indexOf('positive');

/** Whether a candidate, explained or recorded, was a positive of the loss and none of its negatives, by its zone. */
export function isLossPositive(zone: number | undefined): boolean {
  return zone === positiveZone;
}
