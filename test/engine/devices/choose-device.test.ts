import { describe, expect, it } from 'vitest';
import { deviceReport } from '../../../src-main/contract/devices.ts';
import {
  chooseDevice,
  deviceNames,
  listDevices,
} from '../../../src-main/engine/devices/choose-device.ts';

describe('devices', () => {
  it('are all reported with a reason; the chosen one passed its self-test', async () => {
    const reports = await listDevices();
    expect(reports.map(({ name }) => name)).toEqual(deviceNames);
    for (const report of reports) {
      expect(deviceReport.safeParse(report).success).toBe(true);
      expect(report.reason).toMatch(/^[A-Z].*[^.]\.$/s);
      // Advice to choose another device is for work on one, not for a list of them.
      expect(report.reason).not.toContain('Choose the device');
      expect(report.available).toBe(report.selfTest?.passed ?? false);
    }
    const chosen = reports.filter((report) => report.chosen);
    expect(chosen).toHaveLength(1);
    expect(chosen[0]!.selfTest!.passed).toBe(true);
    expect(reports[0]).toMatchObject({ name: 'cpu', available: true });
  });

  it('that are not there are refused with the reason', async () => {
    const absent = process.platform === 'darwin' ? 'dml' : 'coreml';
    await expect(chooseDevice(absent)).rejects.toMatchObject({
      code: 'device-unavailable',
      message: expect.stringContaining(process.platform) as string,
    });
    await expect(chooseDevice('abacus')).rejects.toMatchObject({ code: 'device-unavailable' });
  });

  it('are the processor when that is asked for', async () => {
    expect(await chooseDevice('cpu')).toMatchObject({ device: 'cpu' });
  });
});
