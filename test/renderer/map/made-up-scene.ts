import type { Camera, Viewport } from '../../../src-renderer/map/scene/camera.ts';
import type { Frame } from '../../../src-renderer/map/scene/frame.ts';
import type { MapTheme } from '../../../src-renderer/map/scene/map-props.ts';
import { MapScene, type MapContent } from '../../../src-renderer/map/scene/map-scene.ts';
import { joinPoints, type PlacedPoints } from '../../../src-renderer/map/scene/placed-points.ts';
import type { Scene } from '../../../src-renderer/map/scene/scene.ts';

export const mapTheme: MapTheme = {
  ...{ page: '#101010', line: '#202020', text: '#ffffff', anchor: '#ffaa00' },
  ...{ hard: '#ff0000', false: '#00ff00', suspected: '#ff00ff', ring: '#0000ff' },
  ...{ film: '#303030', filmGlow: '#00000080' },
};

/** Pictures at these positions (x and y in turn), with ids from 1. */
export function placed(...coordinates: readonly number[]): PlacedPoints {
  const ids = Uint32Array.from({ length: coordinates.length / 2 }, (_, index) => index + 1);
  return joinPoints({ ids, coordinates: Float32Array.from(coordinates) });
}

/** The scene of that content; every picture is of the first category unless told. */
export function sceneOf(content: Partial<MapContent>): Scene {
  const scene = new MapScene(mapTheme);
  const categories = new Uint8Array(content.points?.ids.length ?? 0);
  scene.update({ colours: { categories, palette: ['#c08040', '#40c080'] }, ...content });
  return scene.scene;
}

/** A frame in which everything has arrived, at a scale of 1 pixel per unit that is the fitting one. */
export function frameOf(
  viewport: Viewport,
  change: Partial<Omit<Frame, 'camera'>> & { readonly camera?: Partial<Camera> } = {},
): Frame {
  const camera = { x: 0, y: 0, scale: 1, ...change.camera };
  return { viewport, pixelRatio: 1, progress: 1, zoom: 1, ...change, camera };
}
