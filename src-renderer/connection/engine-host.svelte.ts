/** The machine of a remote engine of the desktop shell; null where the engine is this one's, and in a browser. */
export const engineHost = $state<{ name: string | null }>({ name: null });
