import '../colour-canvas.ts';
import { describe, expect, it } from 'vitest';
import { MapScene } from '../../../../src-renderer/map/scene/map-scene.ts';
import { mapTheme, placed } from '../made-up-scene.ts';

const points = placed(0, 0, 1, 0, 0, 1, 1, 1);

function filled(): MapScene {
  const scene = new MapScene(mapTheme);
  scene.update({
    points,
    colours: { categories: Uint8Array.of(0, 1, 0, 1), palette: ['#111111', '#eeeeee'] },
    edges: [{ id: 2, kind: 'hard', strength: 1 }],
  });
  return scene;
}

describe('the scene of a map', () => {
  it('is empty before anything was told', () => {
    const { scene } = new MapScene(mapTheme);
    expect(scene).toMatchObject({ anchorIndex: -1, strongFrom: 0, palette: [] });
    expect(
      [scene.points.ids, scene.marks, scene.edges, scene.contours].map((one) => one.length),
    ).toEqual([0, 0, 0, 0]);
    expect(scene.text).toEqual([1, 1, 1, 1]);
  });

  it('stays the same object until something changes', () => {
    const map = filled();
    const before = map.scene;
    expect(map.scene).toBe(before);
    map.update({ anchor: 3 });
    expect(map.scene).not.toBe(before);
    expect(map.scene.anchorIndex).toBe(2);
    expect(map.content.anchor).toBe(3);
    map.update({ anchor: 77 });
    expect(map.scene.anchorIndex).toBe(-1);
  });

  it('builds only those parts anew whose content changed', () => {
    const map = filled();
    const before = map.scene;
    map.update({ selection: new Set([1]) });
    const selected = map.scene;
    expect(selected.marks).not.toBe(before.marks);
    expect(selected.edges).toBe(before.edges);
    expect([...selected.order]).toEqual([1, 2, 3, 0]);
    expect(selected.strongFrom).toBe(3);
    map.update({ edges: [] });
    expect(map.scene.marks).toBe(selected.marks);
    expect(map.scene.edges).toHaveLength(0);
  });

  it('sees several changes at once, and colours edges anew with the theme', () => {
    const map = filled();
    expect([...map.scene.edges.subarray(4, 7)]).toEqual([1, 0, 0]);
    map.update({ theme: { ...mapTheme, hard: '#0000ff', page: '#ffffff' } });
    map.update({ anchor: 1 });
    expect([...map.scene.edges.subarray(4, 7)]).toEqual([0, 0, 1]);
    expect(map.scene).toMatchObject({ anchorIndex: 0, page: [1, 1, 1, 1] });
  });

  it('has lines of equal density only while they are wanted', () => {
    const map = filled();
    expect(map.scene.contours).toHaveLength(0);
    map.update({ hasContours: true });
    const { contours } = map.scene;
    expect(contours.length).toBeGreaterThan(0);
    map.update({ anchor: 1 });
    expect(map.scene.contours).toBe(contours);
    map.update({ hasContours: false });
    expect(map.scene.contours).toHaveLength(0);
  });
});
