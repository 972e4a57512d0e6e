import { chromium, type Browser, type BrowserServer } from 'playwright-core';

export interface BrowserOptions {
  /** False starts a browser that has no WebGL at all. */
  readonly webgl?: boolean;
}

/**
 * Starts a headless Chromium from the npm package; close it yourself. As on any machine without a
 * graphics card, the processor draws the page, and a stand-in for the card WebGL2.
 */
export async function launchBrowser(options: BrowserOptions = {}): Promise<Browser> {
  return chromium.launch(await launchOptions(options));
}

/** The same for several processes, which reach it by its `wsEndpoint()`. */
export async function serveBrowser(): Promise<BrowserServer> {
  return chromium.launchServer(await launchOptions({}));
}

async function launchOptions({ webgl = true }: BrowserOptions) {
  // The package unpacks its own shared libraries only where it believes to run on Lambda, and it
  // looks while it is being imported.
  process.env['AWS_LAMBDA_JS_RUNTIME'] ??= 'nodejs22.x';
  const { default: packaged } = await import('@sparticuz/chromium');
  const graphics = webgl
    ? ['--use-gl=angle', '--enable-unsafe-swiftshader', '--use-angle=swiftshader-webgl']
    : ['--disable-gpu', '--disable-3d-apis', '--ignore-gpu-blocklist'];
  // The package's own arguments put all in one process, which the first closed page ends, and
  // switch web security off, which the tests are to see at work.
  return {
    executablePath: await packaged.executablePath(),
    args: ['--no-sandbox', '--font-render-hinting=none', ...graphics],
  };
}
