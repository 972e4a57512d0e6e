import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { StepPlacement } from '../../../src-main/contract/devices.ts';
import { stepPlacement } from '../../../src-main/contract/devices.ts';
import { placeSteps } from '../../../src-main/engine/placement/place-steps.ts';
import { placementRows } from '../../../src-main/cli/placement-text.ts';
import { hasSoftwareVulkan, softwareVulkan } from '../graph/software-vulkan.ts';
import { temporaryFolder } from '../store/temporary-library.ts';
import { testModelFolder } from '../training/job-contexts.ts';

/** How many operators of a placement run on the processor, and elsewhere. */
function counts({ operators }: StepPlacement): [onProcessor: number, elsewhere: number] {
  const sum = (isCounted: (provider: string) => boolean): number =>
    operators.reduce((all, { provider, count }) => all + (isCounted(provider) ? count : 0), 0);
  const isProcessor = (provider: string): boolean => provider === 'CPUExecutionProvider';
  return [sum(isProcessor), sum((provider) => !isProcessor(provider))];
}

const profiles = (): string[] =>
  readdirSync(tmpdir()).filter((name) => name.startsWith('negatoscope-profile-'));

it('the processor runs every operator of both steps, and the profiles are removed', async () => {
  const before = profiles();
  const placements = await placeSteps('cpu', testModelFolder());
  expect(placements.map(({ step }) => step)).toEqual(['resnet8', 'starter']);
  for (const placement of placements) {
    expect(stepPlacement.parse(placement)).toEqual(placement);
    expect(placement.error).toBeNull();
    const [onProcessor, elsewhere] = counts(placement);
    expect(onProcessor).toBeGreaterThan(100);
    expect(elsewhere).toBe(0);
  }
  expect(profiles()).toEqual(before);
  const rows = placementRows(placements);
  expect(rows.slice(1).map(([device, , , onProcessor]) => [device, onProcessor])).toEqual([
    ['cpu', '0'],
    ['cpu', '0'],
  ]);
});

/** The real steps take minutes there: the processor compiles and imitates each of their shaders. */
it.skipIf(!hasSoftwareVulkan)(
  'WebGPU runs every operator of a step (needs 64-bit Intel Linux)',
  () => {
    const folder = temporaryFolder();
    const script = join(import.meta.dirname, 'place-on-webgpu.ts');
    const output = execFileSync(process.execPath, ['--no-warnings', script, folder], {
      env: softwareVulkan(temporaryFolder()),
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const { operators, nodes } = JSON.parse(output) as Pick<StepPlacement, 'operators'> & {
      readonly nodes: readonly string[];
    };
    // ONNX Runtime's list of WebGPU's kernels has no Sign, which relu's gradient would take.
    expect(operators.filter(({ provider }) => provider === 'CPUExecutionProvider')).toEqual([]);
    const convolutions = operators.find(({ operator }) => operator === 'Conv');
    expect(convolutions).toEqual({
      operator: 'Conv',
      provider: 'WebGpuExecutionProvider',
      count: nodes.filter((operator) => operator === 'Conv').length,
    });
    const placement = { device: 'webgpu', step: 'narrow', operators, error: null };
    const [onProcessor, elsewhere] = counts(placement);
    const [, ...rows] = placementRows([placement]);
    expect(rows.map((row) => row.slice(0, 4))).toEqual([
      ['webgpu', 'narrow', String(elsewhere), String(onProcessor)],
    ]);
    const sign = { operator: 'Sign', provider: 'CPUExecutionProvider', count: 8 };
    const [, first, second] = placementRows([{ ...placement, operators: [...operators, sign] }]);
    expect(first!.slice(0, 4)).toEqual(['webgpu', 'narrow', String(elsewhere), '8']);
    expect(second!.at(-1)).toBe('on cpu: Sign 8');
  },
);

it('a device that cannot run a step says why, and the other step is tried', async () => {
  const [first, second] = await placeSteps('abacus', testModelFolder());
  expect([first!.operators, second!.operators]).toEqual([[], []]);
  expect(first!.error).toMatch(/abacus/);
  expect(placementRows([first!])[1]).toContain(`cannot be run: ${first!.error}`);
});
