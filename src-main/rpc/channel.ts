/** A two-way pipe between a client and the engine; messages hold plain values and typed arrays. */
export interface Channel {
  post(message: unknown): void;
  /** Sets the one listener of each kind; messages that came before wait for it. */
  listen(onMessage: (message: unknown) => void, onClose: () => void): void;
  close(): void;
}
