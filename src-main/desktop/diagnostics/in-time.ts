/** Finding out what a device can do takes long at the first time, for which nobody waits. */
export const patienceMs = 5000;

/** What a question gives; null where it fails, or takes too long. */
export async function inTime<T>(asked: Promise<T>): Promise<T | null> {
  const { promise, resolve } = Promise.withResolvers<null>();
  const timer = setTimeout(() => resolve(null), patienceMs);
  try {
    return await Promise.race([asked, promise]);
  } catch {
    // A report of a fault must not fail by another one.
    return null;
  } finally {
    clearTimeout(timer);
  }
}
