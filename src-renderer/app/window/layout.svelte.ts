import { innerWidth } from 'svelte/reactivity/window';
import type { Memory } from './memory.ts';

type PanelName =
  | 'explore-left'
  | 'explore-right'
  | 'compare-right'
  | 'train-form'
  | 'library-side'
  | 'library-details'
  | 'review-left'
  | 'review-right';

interface PanelLimits {
  readonly min: number;
  readonly max: number;
  readonly start: number;
}

/**
 * The window width, in CSS pixels, that `start` is for. In a wider window panels that nobody has
 * sized grow in proportion; in a narrower one all shrink, so that the middle keeps its part.
 */
const usualWindow = 1440;

/** Widths in CSS pixels. */
export const panelLimits: Readonly<Record<PanelName, PanelLimits>> = {
  'explore-left': { min: 200, max: 420, start: 248 },
  'explore-right': { min: 340, max: 860, start: 432 },
  'compare-right': { min: 320, max: 720, start: 400 },
  'train-form': { min: 320, max: 560, start: 384 },
  'library-details': { min: 220, max: 520, start: 296 },
  'library-side': { min: 240, max: 520, start: 300 },
  'review-left': { min: 220, max: 460, start: 300 },
  'review-right': { min: 240, max: 460, start: 296 },
};

/** One panel's width and whether it is folded away; remembered. */
export class PanelSize {
  isCollapsed = $state(false);
  readonly name: PanelName;
  readonly limits: PanelLimits;
  /** The width that the user chose, in CSS pixels of the usual window; null follows the window. */
  #chosen = $state<number | null>(null);
  readonly #windowScale = $derived((innerWidth.current ?? usualWindow) / usualWindow);
  readonly width: number = $derived.by(() => {
    const shrink = Math.min(1, this.#windowScale);
    const chosen = this.#chosen === null ? null : this.#chosen * shrink;
    return this.#clamp(chosen ?? this.limits.start * this.#windowScale);
  });
  readonly #memory: Memory;

  constructor(name: PanelName, memory: Memory) {
    this.name = name;
    this.#memory = memory;
    this.limits = panelLimits[name];
    this.recall();
  }

  /** Takes the size that was remembered. */
  recall(): void {
    const saved = this.#memory.recall(`panel.${this.name}`);
    const isSaved = typeof saved === 'object' && saved !== null;
    const hasWidth = isSaved && 'width' in saved && typeof saved.width === 'number';
    this.#chosen = hasWidth ? Number(saved.width) : null;
    this.isCollapsed = isSaved && 'isCollapsed' in saved && saved.isCollapsed === true;
  }

  resize(width: number): void {
    this.#chosen = this.#clamp(width) / Math.min(1, this.#windowScale);
    this.isCollapsed = false;
    this.#save();
  }

  toggle(): void {
    this.isCollapsed = !this.isCollapsed;
    this.#save();
  }

  /** Back to a width that follows the window. */
  reset(): void {
    this.#chosen = null;
    this.isCollapsed = false;
    this.#save();
  }

  #clamp(width: number): number {
    return Math.round(Math.min(this.limits.max, Math.max(this.limits.min, width)));
  }

  #save(): void {
    const { isCollapsed } = this;
    this.#memory.remember(`panel.${this.name}`, { width: this.#chosen, isCollapsed });
  }
}

/** Every resizable panel of the window. */
export class Layout {
  readonly exploreLeft: PanelSize;
  readonly exploreRight: PanelSize;
  readonly compareRight: PanelSize;
  readonly trainForm: PanelSize;
  readonly librarySide: PanelSize;
  readonly libraryDetails: PanelSize;
  readonly reviewLeft: PanelSize;
  readonly reviewRight: PanelSize;

  constructor(memory: Memory) {
    this.exploreLeft = new PanelSize('explore-left', memory);
    this.exploreRight = new PanelSize('explore-right', memory);
    this.compareRight = new PanelSize('compare-right', memory);
    this.trainForm = new PanelSize('train-form', memory);
    this.libraryDetails = new PanelSize('library-details', memory);
    this.librarySide = new PanelSize('library-side', memory);
    this.reviewLeft = new PanelSize('review-left', memory);
    this.reviewRight = new PanelSize('review-right', memory);
  }

  /** Takes the sizes that were remembered. */
  recall(): void {
    const { exploreLeft, exploreRight, trainForm, librarySide, libraryDetails } = this;
    const explorer = [exploreLeft, exploreRight, trainForm, librarySide, libraryDetails];
    for (const panel of [...explorer, this.compareRight, this.reviewLeft, this.reviewRight])
      panel.recall();
  }
}
