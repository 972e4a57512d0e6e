import { describe, expect, it } from 'vitest';
import { CameraMotion } from '../../../../src-renderer/map/scene/camera-motion.ts';
import { toData, toScreen, type Position } from '../../../../src-renderer/map/scene/camera.ts';

const viewport = { width: 1000, height: 600 };
const bounds = { minX: -4, minY: -2, maxX: 4, maxY: 2 };
/** 56 pixels stay free on each side: 888 for 8 units across, 488 for 4 units down. */
const fitScale = 111;

function framed(): CameraMotion {
  const motion = new CameraMotion();
  motion.frame(viewport, bounds);
  return motion;
}

/** Every camera until it stands still, a frame each 16 ms. */
function settle(motion: CameraMotion, look: () => void = () => undefined): number {
  let frames = 0;
  for (let now = 0; motion.step(now); now += 16) {
    look();
    frames += 1;
    if (frames > 1000) throw new Error('The viewport never comes to rest.');
  }
  return frames;
}

describe('the viewport of a map', () => {
  it('shows everything at first, and still does in another size', () => {
    const motion = framed();
    expect(motion.camera).toEqual({ x: 0, y: 0, scale: fitScale });
    motion.frame({ width: 512, height: 600 }, bounds);
    // The padding is a tenth of a narrow viewport: 51.2 on each side.
    expect(motion.camera.scale).toBeCloseTo((512 - 2 * 51.2) / 8, 9);
    expect(motion.viewport).toEqual({ width: 512, height: 600 });
  });

  it('keeps its part of the map in another size', () => {
    const motion = framed();
    motion.show({ x: 2, y: 1, scale: fitScale * 3 });
    motion.frame({ width: 500, height: 300 }, bounds);
    expect(motion.camera.scale / motion.fitScale).toBeCloseTo(3, 9);
    // From the middle of the map it is as many pixels per fitted width as before.
    expect((motion.camera.x * motion.fitScale) / fitScale).toBeCloseTo(2, 9);
    expect((motion.camera.y * motion.fitScale) / fitScale).toBeCloseTo(1, 9);
  });

  it('glides to where it zooms, the position under the pointer still all the way', () => {
    const motion = framed();
    const at: Position = { x: 800, y: 100 };
    const held = toData(motion.camera, viewport, at);
    motion.zoom(at, 4);
    expect(motion.camera.scale).toBe(fitScale);
    const frames = settle(motion, () => {
      const now = toScreen(motion.camera, viewport, held);
      expect(Math.hypot(now.x - at.x, now.y - at.y)).toBeLessThan(0.2);
    });
    expect(frames).toBeGreaterThan(5);
    expect(motion.camera.scale).toBeCloseTo(4 * fitScale, 6);
  });

  it('sets out slowly, however long it rested before', () => {
    const motion = framed();
    motion.step(0);
    motion.glide(-1110, 0);
    expect(motion.step(60_000)).toBe(true);
    // As after 64 ms: all but e to the power of -64 / 45 of the way.
    expect(motion.camera.x / 10).toBeCloseTo(1 - Math.exp(-64 / 45), 9);
    motion.step(60_001);
    expect(1 - motion.camera.x / 10).toBeCloseTo(Math.exp(-68 / 45), 9);
  });

  it('is there at once where motion is not wanted', () => {
    const motion = framed();
    motion.isStill = true;
    motion.glide(-111, 222);
    expect(motion.step(0)).toBe(false);
    expect(motion.camera).toEqual({ x: 1, y: 2, scale: fitScale });
  });

  it('follows a hand and two fingers at once', () => {
    const motion = framed();
    motion.pan(-111, 222);
    expect(motion.camera).toEqual({ x: 1, y: 2, scale: fitScale });
    motion.zoomNow({ x: 500, y: 300 }, 2);
    expect(motion.camera).toEqual({ x: 1, y: 2, scale: 2 * fitScale });
    expect(motion.step(0)).toBe(false);
  });

  it('brings a picture to the middle at twice the fitting scale, or at a closer one if it is there', () => {
    const motion = framed();
    motion.centreOn({ x: 3, y: -1 });
    settle(motion);
    expect(motion.camera).toEqual({ x: 3, y: -1, scale: 2 * fitScale });
    motion.show({ x: 0, y: 0, scale: 5 * fitScale });
    motion.centreOn({ x: -3, y: 1 });
    settle(motion);
    expect(motion.camera).toEqual({ x: -3, y: 1, scale: 5 * fitScale });
    motion.fit();
    settle(motion);
    expect(motion.camera).toEqual({ x: 0, y: 0, scale: fitScale });
  });
});
