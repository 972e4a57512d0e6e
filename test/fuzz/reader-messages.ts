/** What the watching process asks of the reading one: an input by its number. */
export interface ReadRequest {
  readonly number: number;
}

/** How an input ended that the process survived. */
export interface ReadReply {
  readonly number: number;
  readonly kind: 'read' | 'refused' | 'fault';
  /** The refusal's or fault's words. */
  readonly text: string;
  /** What was done to a valid sample. */
  readonly story: string;
  readonly milliseconds: number;
  /** Bytes by which the process grew at most. */
  readonly growth: number;
}

/** Said once, when inputs can be asked for. */
export interface ReaderReady {
  readonly ready: true;
}
