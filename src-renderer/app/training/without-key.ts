/** A record without one of its keys. */
export function withoutKey<T extends object>(record: T, key: keyof T): Partial<T> {
  const others = Object.entries(record).filter(([name]) => name !== key);
  return Object.fromEntries(others) as Partial<T>;
}
