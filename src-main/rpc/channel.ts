/**
 * A two-way connection between a client and the engine; messages contain plain values and typed arrays.
 */
export interface Channel {
  post(message: unknown): void;
  /** Sets the only listener of each kind; earlier messages wait for it. */
  listen(onMessage: (message: unknown) => void, onClose: () => void): void;
  close(): void;
}
