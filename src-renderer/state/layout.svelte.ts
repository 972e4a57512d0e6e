import { recall, remember } from './remembered.ts';

export type PanelName = 'explore-left' | 'explore-right' | 'train-form' | 'library-side';

interface PanelLimits {
  readonly min: number;
  readonly max: number;
  readonly start: number;
}

/** Widths in CSS pixels. */
export const panelLimits: Readonly<Record<PanelName, PanelLimits>> = {
  'explore-left': { min: 200, max: 420, start: 248 },
  'explore-right': { min: 340, max: 860, start: 432 },
  'train-form': { min: 320, max: 560, start: 384 },
  'library-side': { min: 240, max: 520, start: 300 },
};

/** One panel's width and whether it is folded away; remembered. */
export class PanelSize {
  width = $state(0);
  isCollapsed = $state(false);
  readonly name: PanelName;
  readonly limits: PanelLimits;

  constructor(name: PanelName) {
    this.name = name;
    this.limits = panelLimits[name];
    const saved = recall(`panel.${name}`);
    const isSaved = typeof saved === 'object' && saved !== null;
    const width = isSaved && 'width' in saved ? Number(saved.width) : NaN;
    this.width = this.#clamp(Number.isFinite(width) ? width : this.limits.start);
    this.isCollapsed = isSaved && 'isCollapsed' in saved && saved.isCollapsed === true;
  }

  resize(width: number): void {
    this.width = this.#clamp(width);
    this.isCollapsed = false;
    this.#save();
  }

  toggle(): void {
    this.isCollapsed = !this.isCollapsed;
    this.#save();
  }

  reset(): void {
    this.resize(this.limits.start);
  }

  #clamp(width: number): number {
    return Math.round(Math.min(this.limits.max, Math.max(this.limits.min, width)));
  }

  #save(): void {
    remember(`panel.${this.name}`, { width: this.width, isCollapsed: this.isCollapsed });
  }
}

/** Every resizable panel of the window. */
export class Layout {
  readonly exploreLeft = new PanelSize('explore-left');
  readonly exploreRight = new PanelSize('explore-right');
  readonly trainForm = new PanelSize('train-form');
  readonly librarySide = new PanelSize('library-side');
}
