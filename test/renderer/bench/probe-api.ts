/** What one repeated gesture took in the page, in milliseconds. */
export interface GestureTimes {
  /** The page's own work: from the event until state, DOM and the frame's commands are done. */
  readonly work: readonly number[];
  /** While moving, from frame to frame; from rest, the work and the drawing of its pixels. */
  readonly frame: readonly number[];
  /** Tasks of 50 ms and more that ran meanwhile; none where the measuring itself waits. */
  readonly longTasks: readonly number[];
}

/** Drives the real app by events and measures it; loaded into the page before its own scripts. */
export interface PageProbe {
  /** Milliseconds from the navigation until the map's dots are drawn. */
  firstPaint(): Promise<number>;
  /** What draws, as the driver names it. */
  renderer(): string;
  pan(frames: number): Promise<GestureTimes>;
  zoom(frames: number): Promise<GestureTimes>;
  hover(times: number): Promise<GestureTimes>;
  lasso(times: number): Promise<GestureTimes>;
  dragRing(times: number): Promise<GestureTimes>;
}
