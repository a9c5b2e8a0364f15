/**
 * A film's colours. Text is drawn in `ink`, `muted` or `accent`, always on `ground` or `tones`: every one
 * of the first against every one of the second has a contrast of at least 4.5 (a test holds this), and
 * so has what lies between two of them. `accent` shapes stand only where no text does.
 */
export interface Palette {
  name: string;
  /** The background runs from the first to the second. */
  ground: readonly [string, string];
  ink: string;
  muted: string;
  accent: string;
  /** A second bright colour for shapes, never for text. */
  spark: string;
  /** Shapes that may lie under text, from quiet to loud. */
  tones: readonly [string, string, string];
}

export const PALETTES = {
  midnight: {
    name: 'midnight',
    ground: ['#0a1024', '#16224a'],
    ink: '#f6f2e9',
    muted: '#b9c2dc',
    accent: '#ffb84d',
    spark: '#5b8cff',
    tones: ['#1a2855', '#223468', '#2c417c'],
  },
  forest: {
    name: 'forest',
    ground: ['#0b1d18', '#153a2d'],
    ink: '#f4f1e4',
    muted: '#b8d0c0',
    accent: '#f2c14e',
    spark: '#57c08a',
    tones: ['#17402f', '#1d4d3a', '#255a45'],
  },
  petrol: {
    name: 'petrol',
    ground: ['#04242b', '#0a4650'],
    ink: '#effaf7',
    muted: '#aed6d6',
    accent: '#ffcb6b',
    spark: '#29c5c0',
    tones: ['#0b4853', '#0e525d', '#125c66'],
  },
  ember: {
    name: 'ember',
    ground: ['#1f0b12', '#4b1226'],
    ink: '#fff1e8',
    muted: '#e5bfbd',
    accent: '#ffa07a',
    spark: '#ff5d5d',
    tones: ['#54172d', '#661d36', '#78243e'],
  },
  plum: {
    name: 'plum',
    ground: ['#190c2e', '#38195c'],
    ink: '#f8f1ff',
    muted: '#cfbbe6',
    accent: '#ff9ec4',
    spark: '#9d6bff',
    tones: ['#3f2068', '#4c2879', '#5a328a'],
  },
  graphite: {
    name: 'graphite',
    ground: ['#121418', '#272c35'],
    ink: '#f5f6f8',
    muted: '#bcc3cf',
    accent: '#58e0c6',
    spark: '#4a9dff',
    tones: ['#2b323d', '#363f4c', '#414b5a'],
  },
  cobalt: {
    name: 'cobalt',
    ground: ['#1230b8', '#0d1f86'],
    ink: '#ffffff',
    muted: '#d3dcff',
    accent: '#ffe066',
    spark: '#ff7a59',
    tones: ['#1a38c2', '#2342c9', '#2d4bcc'],
  },
  brick: {
    name: 'brick',
    ground: ['#8f2a1b', '#6d1c14'],
    ink: '#fff6ea',
    muted: '#ffd9c2',
    accent: '#ffd58a',
    spark: '#ff8a5c',
    tones: ['#962f1f', '#9c3424', '#a03a28'],
  },
  paper: {
    name: 'paper',
    ground: ['#faf5ea', '#efe5d0'],
    ink: '#1f1b16',
    muted: '#5a5043',
    accent: '#a63a12',
    spark: '#e0a43b',
    tones: ['#f1e7d3', '#ebdec5', '#e6d6b8'],
  },
  mist: {
    name: 'mist',
    ground: ['#f3f7fb', '#dfe9f3'],
    ink: '#0e2136',
    muted: '#425a73',
    accent: '#1551b8',
    spark: '#ff9f6b',
    tones: ['#dde8f4', '#d0dff0', '#c3d6ec'],
  },
} as const satisfies Record<string, Palette>;

export type PaletteName = keyof typeof PALETTES;

/** What fits a style, the most typical first; a film takes one of them by its title. */
export const PALETTES_OF_STYLE: Record<string, readonly PaletteName[]> = {
  documentary: ['midnight', 'forest', 'petrol', 'paper'],
  tutorial: ['mist', 'graphite', 'cobalt', 'petrol'],
  listicle: ['cobalt', 'plum', 'brick', 'graphite'],
  news: ['graphite', 'midnight', 'mist', 'brick'],
  story: ['ember', 'plum', 'paper', 'forest'],
  promo: ['cobalt', 'brick', 'plum', 'petrol'],
};
