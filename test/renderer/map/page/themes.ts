import type { MapTheme } from '../../../../src-renderer/map/scene/map-props.ts';

/** The two themes of the app, as the map gets them. */
export const themes: Readonly<Record<'dark' | 'light', MapTheme>> = {
  dark: {
    page: '#0d0f12',
    line: '#272c34',
    text: '#e8eaed',
    anchor: '#f2b33d',
    hard: '#e8743b',
    false: '#d67ab1',
    suspected: '#b3a2ff',
    ring: '#4fb3bf',
    film: '#f6f3ea',
    filmGlow: 'rgb(246 230 190 / 0.28)',
  },
  light: {
    page: '#f4f3ef',
    line: '#dedbd2',
    text: '#1b1e23',
    anchor: '#b37400',
    hard: '#c24e12',
    false: '#a9407f',
    suspected: '#4b2fb5',
    ring: '#14808d',
    film: '#fffdf6',
    filmGlow: 'rgb(60 50 20 / 0.22)',
  },
};
