import { chromium, type Browser } from 'playwright-core';

export interface BrowserOptions {
  /** False starts a browser that has no WebGL at all. */
  readonly webgl?: boolean;
}

/** The browser brings its own shared libraries, which it unpacks only where it thinks it must. */
async function loadChromium(): Promise<typeof import('@sparticuz/chromium').default> {
  process.env['AWS_LAMBDA_JS_RUNTIME'] ??= 'nodejs22.x';
  return (await import('@sparticuz/chromium')).default;
}

/** Starts a headless Chromium from the npm package, drawing WebGL2 in software; close it yourself. */
export async function launchBrowser({ webgl = true }: BrowserOptions = {}): Promise<Browser> {
  const packaged = await loadChromium();
  const graphics = webgl
    ? ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader']
    : ['--disable-gpu', '--disable-3d-apis'];
  const isGraphics = (argument: string): boolean =>
    /^--(use-gl|use-angle|disable-gpu)/.test(argument);
  return chromium.launch({
    executablePath: await packaged.executablePath(),
    args: [...packaged.args.filter((argument) => !isGraphics(argument)), ...graphics],
    headless: true,
  });
}
