import type { GestureTimes, PageProbe } from './probe-api.ts';

const longTasks: number[] = [];
let context: WebGL2RenderingContext | null = null;

new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) longTasks.push(entry.duration);
}).observe({ entryTypes: ['longtask'] });

type GetContext = (this: HTMLCanvasElement, ...wanted: unknown[]) => unknown;
const getContext = Reflect.get(HTMLCanvasElement.prototype, 'getContext') as GetContext;
const noticedContext: GetContext = function (...wanted) {
  const got = getContext.apply(this, wanted);
  if (got instanceof WebGL2RenderingContext) context = got;
  return got;
};
Reflect.set(HTMLCanvasElement.prototype, 'getContext', noticedContext);

/** Waits until all that was asked for is drawn: browsers make `finish` a mere `flush`. */
function waitFor(gl: WebGL2RenderingContext): void {
  gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
}

function nextFrame(): Promise<number> {
  return new Promise((resolve) => requestAnimationFrame(resolve));
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function element(selector: string): HTMLElement {
  const found = document.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`The page has no ${selector}.`);
  return found;
}

function send(target: Element, type: string, x: number, y: number): void {
  const position = { clientX: x, clientY: y, pointerId: 1 };
  target.dispatchEvent(new PointerEvent(type, { ...position, bubbles: true, cancelable: true }));
}

/** Synthetic pointers cannot be captured. */
async function withoutCapture<T>(drive: () => Promise<T>): Promise<T> {
  const capture: unknown = Reflect.get(Element.prototype, 'setPointerCapture');
  Element.prototype.setPointerCapture = () => undefined;
  try {
    return await drive();
  } finally {
    Reflect.set(Element.prototype, 'setPointerCapture', capture);
  }
}

/** Does a gesture's steps one a frame, as a hand does. */
async function everyFrame(frames: number, step: (index: number) => void): Promise<GestureTimes> {
  longTasks.length = 0;
  const work: number[] = [];
  const frame: number[] = [];
  let before = await nextFrame();
  for (let index = 0; index < frames; index += 1) {
    const { worked } = await oneStep(() => step(index));
    const now = performance.now();
    work.push(worked);
    frame.push(now - before);
    before = now;
  }
  await pause(100);
  return { work, frame, longTasks: [...longTasks] };
}

/** Does a gesture's steps one by one, each from rest; `isDone` tells when the page has followed. */
async function fromRest(
  times: number,
  step: (index: number) => void,
  isDone: () => boolean = () => true,
): Promise<GestureTimes> {
  const work: number[] = [];
  const frame: number[] = [];
  for (let index = 0; index < times; index += 1) {
    await pause(150);
    const begin = performance.now();
    const { worked, waited } = await oneStep(() => step(index));
    await until(isDone);
    if (context) waitFor(context);
    work.push(worked);
    frame.push(performance.now() - begin - waited);
  }
  return { work, frame, longTasks: [] };
}

async function until(isDone: () => boolean): Promise<void> {
  const begin = performance.now();
  while (!isDone()) {
    if (performance.now() - begin > 20_000) throw new Error('The page does not follow a gesture.');
    await nextFrame();
  }
}

/** One step and the frame after it: the page's work, and how long it waited for that frame. */
async function oneStep(step: () => void): Promise<{ worked: number; waited: number }> {
  let began = 0;
  // Asked for before the step, so that it runs before the callbacks that the step asks for.
  requestAnimationFrame(() => (began = performance.now()));
  const begin = performance.now();
  step();
  await Promise.resolve();
  const handled = performance.now();
  await nextFrame();
  await afterPaint();
  return { worked: handled - begin + performance.now() - began, waited: began - handled };
}

/** The task after a frame's callbacks: style, layout and paint are done by then. */
function afterPaint(): Promise<unknown> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = resolve;
    port2.postMessage(null);
  });
}

function mapBox(): { map: HTMLElement; box: DOMRect } {
  const map = element('[aria-roledescription=map]');
  return { map, box: map.getBoundingClientRect() };
}

async function pan(frames: number): Promise<GestureTimes> {
  const { map, box } = mapBox();
  const at = (angle: number): [number, number] => [
    box.left + box.width * (0.5 + 0.2 * Math.sin(angle)),
    box.top + box.height * (0.5 + 0.15 * Math.sin(2 * angle)),
  ];
  return withoutCapture(async () => {
    send(map, 'pointerdown', ...at(0));
    const times = await everyFrame(frames, (frame) => send(map, 'pointermove', ...at(frame / 12)));
    send(map, 'pointerup', ...at(frames / 12));
    return times;
  });
}

async function zoom(frames: number): Promise<GestureTimes> {
  const { map, box } = mapBox();
  const position = { clientX: box.left + box.width * 0.45, clientY: box.top + box.height * 0.55 };
  return everyFrame(frames, (frame) => {
    const deltaY = frame < frames / 2 ? -60 : 60;
    map.dispatchEvent(
      new WheelEvent('wheel', { ...position, deltaY, bubbles: true, cancelable: true }),
    );
  });
}

async function hover(times: number): Promise<GestureTimes> {
  const { map, box } = mapBox();
  return fromRest(times, (index) => {
    const x = box.left + box.width * (0.3 + 0.4 * ((index * 0.618) % 1));
    send(map, 'pointermove', x, box.top + box.height * (0.3 + 0.4 * ((index * 0.414) % 1)));
  });
}

/** Selects about half of the map by a lasso of 60 corners; the time is that of letting it go. */
async function lasso(times: number): Promise<GestureTimes> {
  const { map, box } = mapBox();
  const tools = element('[aria-label="Map tools"]');
  element('[aria-label="Map tools"] [title^=lasso]').click();
  const corner = (index: number, size: number): [number, number] => [
    box.left + box.width * (0.5 + size * Math.cos((index / 60) * 2 * Math.PI)),
    box.top + box.height * (0.5 + size * Math.sin((index / 60) * 2 * Math.PI)),
  ];
  const draw = (round: number): [number, number] => {
    const size = 0.25 + 0.01 * (round % 5);
    send(map, 'pointerdown', ...corner(0, size));
    for (let index = 1; index < 60; index += 1) send(map, 'pointermove', ...corner(index, size));
    return corner(60, size);
  };
  const selections: GestureTimes[] = [];
  await withoutCapture(async () => {
    for (let round = 0; round < times; round += 1) {
      const end = draw(round);
      await pause(200);
      const before = tools.textContent;
      selections.push(
        await fromRest(
          1,
          () => send(map, 'pointerup', ...end),
          () => tools.textContent !== before,
        ),
      );
    }
  });
  element('[aria-label="Map tools"] [title^=pan]').click();
  return {
    work: selections.flatMap(({ work }) => work),
    frame: selections.flatMap(({ frame }) => frame),
    longTasks: [],
  };
}

/** Moves the ring's lower cut to and fro until the legend counts, and the map has, the new bins. */
async function dragRing(times: number): Promise<GestureTimes> {
  const handle = element('[role=slider][aria-label*="lower cut"]');
  const legend = element('[aria-label=Legend]');
  const plot = handle.parentElement?.getBoundingClientRect() ?? new DOMRect();
  const start = handle.getBoundingClientRect().left;
  const middle = plot.top + plot.height / 2;
  let before: string | null = null;
  return withoutCapture(async () => {
    send(handle, 'pointerdown', start, middle);
    const move = (index: number): void => {
      before = legend.textContent;
      send(handle, 'pointermove', start - 20 - (index % 2 ? 30 : 0) - index, middle);
    };
    const taken = await fromRest(times, move, () => legend.textContent !== before);
    send(handle, 'pointerup', start, middle);
    return taken;
  });
}

async function firstPaint(): Promise<number> {
  while (performance.getEntriesByName('map drawn').length === 0) await pause(4);
  if (context) waitFor(context);
  return performance.now();
}

function renderer(): string {
  const names = context?.getExtension('WEBGL_debug_renderer_info');
  return names ? String(context?.getParameter(names.UNMASKED_RENDERER_WEBGL)) : 'no WebGL2';
}

const probe: PageProbe = { firstPaint, renderer, pan, zoom, hover, lasso, dragRing };
Object.assign(globalThis, { probe });
