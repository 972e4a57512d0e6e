import { describe, expect, it } from 'vitest';
import type { DeviceReport } from '../../../../src-main/contract/devices.ts';
import { Devices } from '../../../../src-renderer/app/training/devices.svelte.ts';
import { AnsweringClient, connectionTo } from '../../answering-client.ts';

function device(name: string, chosen: boolean): DeviceReport {
  return { name, available: true, chosen, reason: '', millisecondsPerStep: null };
}

describe('the devices, with a client that answers fixed ones', () => {
  it('are none before they are read, and of those that were the chosen one is known', async () => {
    let list = [device('webgpu', false), device('cpu', true)];
    const client = new AnsweringClient({ 'devices.list': () => list });
    const devices = new Devices(await connectionTo(client));
    expect([devices.list.length, devices.chosen]).toEqual([0, null]);
    await devices.refresh();
    expect(devices.chosen?.name).toBe('cpu');
    list = [device('webgpu', false)];
    await devices.refresh();
    expect(devices.chosen).toBeNull();
  });

  it('stay as they were where the engine refuses', async () => {
    const devices = new Devices(await connectionTo(new AnsweringClient({})));
    await expect(devices.refresh()).rejects.toThrow('No answer');
    expect(devices.list).toEqual([]);
  });
});
