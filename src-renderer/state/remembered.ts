/** Reads what was remembered under a key on this machine; null when nothing or not readable. */
export function recall(key: string): unknown {
  const text = localStorage.getItem(`negatoscope.${key}`);
  if (text === null) return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

/** Remembers a small value on this machine. */
export function remember(key: string, value: unknown): void {
  localStorage.setItem(`negatoscope.${key}`, JSON.stringify(value));
}
