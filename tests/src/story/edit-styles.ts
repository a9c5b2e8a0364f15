import type { FilmStyle, RenderSpec } from '@aura/proto';

export const STYLE: FilmStyle = {
  motion: '',
  fit: '',
  transitionMs: 0,
  overlays: [],
  figures: true,
};
export const CUT: FilmStyle = {
  ...STYLE,
  transition: { kind: 'cut', frames: 0, direction: '', colour: '', linearLight: false },
};
export const BAR = {
  kind: 'progress',
  start: 0,
  frames: 0,
  place: { anchor: 'bottom', margin: 0, width: 0, toAnchor: '' },
  opacity: 0,
  animation: 'none',
  lines: [],
  radius: 0,
  border: 0,
  colour: '',
} satisfies FilmStyle['overlays'][number];
export const TALL: RenderSpec = {
  widthPx: 360,
  heightPx: 640,
  fps: 30,
  aspect: '9:16',
  quality: 'draft',
};
