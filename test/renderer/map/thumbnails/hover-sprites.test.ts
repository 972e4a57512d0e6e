import '../colour-canvas.ts';
import { describe, expect, it } from 'vitest';
import { dotRadius, dotReach } from '../../../../src-renderer/map/scene/dot-size.ts';
import {
  hoveredThumbnail,
  hoverSprites,
} from '../../../../src-renderer/map/thumbnails/hover-sprites.ts';
import { ringSprite } from '../../../../src-renderer/map/scene/sprite.ts';
import { frameOf, placed, sceneOf } from '../made-up-scene.ts';

const white = [1, 1, 1, 1];
const selected = 3;

it('draws a ring as a rounded square whose corners meet, without a picture', () => {
  const ring = ringSprite(10, 20, 9, 2, [1, 0.5, 0, 1]);
  expect(ring).toMatchObject({ x: 10, y: 20, half: 9, corner: 9, border: 2, slot: -1, alpha: 1 });
  expect(ring.borderColour).toEqual([1, 0.5, 0, 1]);
  expect([ring.fill[3], ring.glow[3], ring.glowSize, ring.mat]).toEqual([0, 0, 0, 0]);
});

describe('the picture under the pointer', () => {
  const colours = { categories: Uint8Array.of(1, 200), palette: ['#ff0000', '#0000ff'] };
  const scene = sceneOf({ points: placed(10, 20, -30, 0), colours });
  const frame = frameOf({ width: 200, height: 100 });

  it('is lit up where it lies, in its own colour, larger than the largest dot', () => {
    const [sprite] = hoverSprites(scene, frame, 0);
    expect(sprite).toMatchObject({ x: 110, y: 30, fill: [0, 0, 1, 1], borderColour: white });
    expect(sprite!.half).toBeGreaterThan(dotReach(dotRadius(2, 1), selected));
    expect(sprite!.glowSize).toBeGreaterThan(0);
    // A category past the palette has its last colour.
    expect(hoverSprites(scene, frame, 1)[0]).toMatchObject({ x: 70, y: 50, fill: [0, 0, 1, 1] });
  });

  it('rises as a thumbnail above the others, whole though it was dimmed', () => {
    const sprite = { ...ringSprite(1, 2, 20, 1, [0, 0, 0, 1]), slot: 7, alpha: 0.62 };
    const risen = hoveredThumbnail(sprite, scene);
    expect(risen).toMatchObject({ x: 1, y: 2, slot: 7, alpha: 1, borderColour: white });
    expect(risen.half).toBeCloseTo(23, 9);
  });
});
