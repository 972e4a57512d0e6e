import type { MapTool } from '../scene/map-props.ts';

interface MapToolKey {
  readonly tool: MapTool;
  readonly keys: readonly [string];
  readonly does: string;
}

/** The keys that choose what dragging on the map does. */
export const mapToolKeys: readonly MapToolKey[] = [
  { tool: 'pan', keys: ['V'], does: 'Drag to pan' },
  { tool: 'lasso', keys: ['L'], does: 'Drag round pictures to select them' },
  { tool: 'rectangle', keys: ['R'], does: 'Drag a rectangle to select' },
];
