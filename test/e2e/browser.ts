import { chromium, type Browser } from 'playwright-core';

export interface BrowserOptions {
  /** False starts a browser that has no WebGL at all. */
  readonly webgl?: boolean;
  /** As Chromium sets itself up without a card: only WebGL is drawn by a stand-in for one. Default false. */
  readonly isWithoutCard?: boolean;
}

/** Starts a headless Chromium from the npm package, drawing WebGL2 in software; close it yourself. */
export async function launchBrowser({
  webgl = true,
  isWithoutCard = false,
}: BrowserOptions = {}): Promise<Browser> {
  // The package unpacks its own shared libraries only where it believes to run on Lambda, and it
  // looks while it is being imported.
  process.env['AWS_LAMBDA_JS_RUNTIME'] ??= 'nodejs22.x';
  const { default: packaged } = await import('@sparticuz/chromium');
  const drawnBy = isWithoutCard
    ? ['--use-angle=swiftshader-webgl']
    : ['--use-angle=swiftshader', '--ignore-gpu-blocklist'];
  const graphics = webgl
    ? ['--use-gl=angle', '--enable-unsafe-swiftshader', ...drawnBy]
    : ['--disable-gpu', '--disable-3d-apis', '--ignore-gpu-blocklist'];
  // The package's own arguments put all in one process, which the first closed page ends, and
  // switch web security off, which the tests are to see at work.
  return chromium.launch({
    executablePath: await packaged.executablePath(),
    args: ['--no-sandbox', '--font-render-hinting=none', ...graphics],
  });
}
