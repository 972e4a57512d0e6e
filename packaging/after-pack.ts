import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/**
 * electron-builder's hook before it signs: Chromium's licences, 9 MB of HTML, are kept compressed.
 */
export default function afterPack({ appOutDir }: { readonly appOutDir: string }): void {
  const licences = join(appOutDir, 'LICENSES.chromium.html');
  if (!existsSync(licences)) return;
  writeFileSync(`${licences}.gz`, gzipSync(readFileSync(licences), { level: 9 }));
  rmSync(licences);
}
