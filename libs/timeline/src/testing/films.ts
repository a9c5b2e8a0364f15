import fc from 'fast-check';
import type {
  Caption,
  FilmStyle,
  FrameRate,
  Overlay,
  Picture,
  RenderSpec,
  Shot,
} from '@aura/proto';
import { captionsFrom } from '../captions.js';
import { startsOf, type FilmParts } from '../timeline-of.js';

export const RATES: FrameRate[] = [
  { numerator: 24_000, denominator: 1_001 },
  { numerator: 24, denominator: 1 },
  { numerator: 25, denominator: 1 },
  { numerator: 30_000, denominator: 1_001 },
  { numerator: 30, denominator: 1 },
  { numerator: 50, denominator: 1 },
  { numerator: 60_000, denominator: 1_001 },
  { numerator: 60, denominator: 1 },
];

export function renderAt(rate: FrameRate): RenderSpec {
  const fps = Math.round(rate.numerator / rate.denominator);
  return { widthPx: 1_280, heightPx: 720, fps, rate, aspect: '16:9', quality: 'draft' };
}

const blob = { sha256: 'a'.repeat(64), bytes: 1, mediaType: 'image/png' };
const picture: Picture = {
  image: blob,
  widthPx: 1_280,
  heightPx: 720,
  provider: 'cards',
  unitKey: 'k',
  warnings: [],
};

export function shotOf(index: number, frames: number): Shot {
  const narration = {
    audio: { ...blob, mediaType: 'audio/wav' },
    timings: { ...blob, mediaType: 'application/json' },
    durationMs: 900,
    provider: 'flite',
    voice: 'slt',
    unitKey: 'k',
    warnings: [],
  };
  const sceneId = `s${String(index + 1).padStart(2, '0')}`;
  return { sceneId, index, picture, narration, leadMs: 350, frames };
}

export function overlayOf(changes: Partial<Overlay>): Overlay {
  return {
    kind: 'text',
    start: 0,
    frames: 0,
    place: { anchor: 'top-right', margin: 0.04, width: 0, toAnchor: '' },
    opacity: 0,
    animation: 'none',
    lines: ['Aura'],
    radius: 0,
    border: 0,
    colour: '',
    ...changes,
  };
}

const overlays = fc.array(
  fc
    .record({
      kind: fc.constantFrom('text', 'lower-third', 'progress', 'picture'),
      start: fc.nat(400),
      frames: fc.nat(400),
      animation: fc.constantFrom('none', 'fade', 'slide', 'typewriter', 'count-up'),
      toAnchor: fc.constantFrom('', '', 'bottom-left'),
    })
    .map(({ toAnchor, ...changes }) => {
      const place = { anchor: 'top-right', margin: 0.04, width: 0, toAnchor };
      return overlayOf({ ...changes, place });
    }),
  { maxLength: 6 },
);

const styles: fc.Arbitrary<FilmStyle> = fc
  .record({
    motion: fc.constantFrom('', 'auto', 'none', 'in', 'left', 'up'),
    kind: fc.constantFrom('crossfade', 'wipe', 'cut'),
    transitionMs: fc.nat(3_000),
    overlays,
  })
  .map(({ motion, kind, transitionMs, overlays: laid }) => ({
    motion,
    fit: '',
    transition: { kind, frames: 0, direction: '', colour: '', linearLight: false },
    transitionMs,
    overlays: laid,
    figures: true,
  }));

const cues = fc.array(fc.record({ gapMs: fc.nat(900), shownMs: fc.nat(2_000) }), { maxLength: 5 });

/** Films of any lengths, rates and styles, with captions that lie within their shots. */
export const films: fc.Arbitrary<FilmParts> = fc
  .record({
    rate: fc.constantFrom(...RATES),
    style: fc.option(styles, { nil: undefined }),
    lengths: fc.array(fc.record({ frames: fc.integer({ min: 1, max: 300 }), cues }), {
      minLength: 1,
      maxLength: 8,
    }),
  })
  .map(({ rate, style, lengths }) => {
    const shots = lengths.map(({ frames }, index) => shotOf(index, frames));
    const starts = startsOf(shots);
    const captions = lengths.flatMap(({ frames, cues: wanted }, index): Caption[] => {
      let ms = 0;
      const timed = wanted.map(({ gapMs, shownMs }) => {
        const startMs = ms + gapMs;
        ms = startMs + shownMs;
        const words = [{ text: 'one', startMs, endMs: startMs + shownMs / 2 }];
        return { startMs, endMs: ms, lines: ['one'], words };
      });
      return captionsFrom(timed, { start: starts[index] ?? 0, frames }, rate);
    });
    return { render: renderAt(rate), style, shots, captions };
  });
