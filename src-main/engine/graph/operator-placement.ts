import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { PlacedOperator } from '../../contract/devices.ts';
import { openProfiled } from './onnx-program.ts';
import type { ProgramSpec } from './program.ts';

/** The events of ONNX Runtime's profile that a node leaves; others lack the provider. */
const profile = z.array(
  z.object({
    cat: z.string().optional(),
    args: z.object({ provider: z.string().optional(), op_name: z.string().optional() }).optional(),
  }),
);

/**
 * Where ONNX Runtime runs each operator of a program: its profile of one run on zeros, which names the
 * provider of each node after the graph was optimised. `folder` is empty, and takes the profile.
 * @throws EngineError unsupported-operation, and ONNX Runtime's own errors
 */
export async function placeOperators(
  spec: ProgramSpec,
  device: string,
  folder: string,
): Promise<PlacedOperator[]> {
  const { session, zeros } = await openProfiled(
    spec,
    { provider: device },
    join(folder, 'profile'),
  );
  try {
    await session.run(zeros);
    session.endProfiling();
  } finally {
    await session.release();
  }
  const [file = ''] = await readdir(folder);
  const events = profile.parse(JSON.parse(await readFile(join(folder, file), 'utf8')));
  const counts = new Map<string, PlacedOperator>();
  for (const { cat, args } of events) {
    const { provider = '', op_name: operator = '' } = args ?? {};
    if (cat !== 'Node' || provider === '' || operator === '') continue;
    const key = `${provider} ${operator}`;
    counts.set(key, { operator, provider, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return [...counts.values()];
}
