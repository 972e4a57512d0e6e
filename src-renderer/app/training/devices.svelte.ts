import type { DeviceReport } from '../../../src-main/contract/devices.ts';
import type { Connection } from '../../connection/connection.svelte.ts';

/** What the engine can compute on, and what it chose. */
export class Devices {
  list = $state.raw<readonly DeviceReport[]>([]);
  readonly chosen = $derived(this.list.find((device) => device.chosen) ?? null);
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async refresh(): Promise<void> {
    this.list = await this.#connection.call('devices.list', {});
  }
}
