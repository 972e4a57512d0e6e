import { createContext } from 'svelte';
import type { AppState } from './app-state.svelte.ts';

/** The app's state, set once in App.svelte and read by every component below it. */
export const [getApp, setApp] = createContext<AppState>();
