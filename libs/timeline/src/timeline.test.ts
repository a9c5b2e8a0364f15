import { expect, test } from 'vitest';
import fc from 'fast-check';
import {
  framesOf,
  msOf,
  needsPlace,
  rateOf,
  samplesOf,
  type Shot,
  type Timeline,
} from '@aura/proto';
import { captionsIn } from './captions.js';
import { fragmentOf, fragmentOfShot, type Fragment } from './fragment.js';
import { overlaysIn } from './overlays.js';
import { films, overlayOf, RATES, renderAt, shotOf } from './testing/films.js';
import { framesOfShots, startsOf, timelineOf } from './timeline-of.js';

test('the segments of a film are its frames, none lost and none twice', () => {
  fc.assert(
    fc.property(films, (film) => {
      const timeline = timelineOf(film);
      const shown = Array.from({ length: timeline.frames }, () => 0);
      for (const { start, frames } of timeline.visuals) {
        for (let frame = start; frame < start + frames; frame += 1) shown[frame]! += 1;
      }
      expect(shown.every((times) => times === 1)).toBe(true);
      expect(timeline.frames).toBe(framesOfShots(film.shots));
    }),
    { numRuns: 60 },
  );
});

test('a film is its fragments put together, made from the whole or shot by shot', () => {
  fc.assert(
    fc.property(films, (film) => {
      const timeline = timelineOf(film);
      const starts = startsOf(film.shots);
      film.shots.forEach((shot, index) => {
        const start = starts[index] ?? 0;
        const place = needsPlace(film.style) ? { start, filmFrames: timeline.frames } : undefined;
        const alone = fragmentOfShot({
          ...film,
          shot,
          previous: film.shots[index - 1],
          place,
          captions: captionsIn(film.captions, { start, frames: shot.frames }),
        });
        expect(alone).toEqual(fragmentOf(timeline, index));
      });
      expect(seenIn(timeline)).toEqual(
        film.shots.flatMap((_shot, index) => {
          return seenInFragment(fragmentOf(timeline, index), starts[index] ?? 0);
        }),
      );
    }),
    { numRuns: 60 },
  );
});

/** Every caption and overlay, frame by frame. */
function seenIn({ captions, overlays, frames }: Timeline): string[] {
  return Array.from({ length: frames }, (_, frame) => seenAt({ captions, overlays }, frame, frame));
}

function seenInFragment({ captions, overlays, frames }: Fragment, start: number): string[] {
  return Array.from({ length: frames }, (_, frame) => {
    return seenAt({ captions, overlays }, frame, frame + start);
  });
}

function seenAt(
  { captions, overlays }: Pick<Timeline, 'captions' | 'overlays'>,
  frame: number,
  filmFrame: number,
): string {
  const isSeen = ({ start, frames }: { start: number; frames: number }) =>
    start <= frame && frame < start + frames;
  const [text, laid] = [captions.filter(isSeen).length, overlays.filter(isSeen).length];
  return `${filmFrame}: ${text} captions, ${laid} overlays`;
}

test('captions lie within their film and never two at a time', () => {
  fc.assert(
    fc.property(films, (film) => {
      const { captions, frames } = timelineOf(film);
      let free = 0;
      for (const caption of captions) {
        expect(caption.start).toBeGreaterThanOrEqual(free);
        expect(caption.frames).toBeGreaterThan(0);
        free = caption.start + caption.frames;
        for (const word of caption.words) {
          expect(word.start).toBeGreaterThanOrEqual(caption.start);
          expect(word.start + word.frames).toBeLessThanOrEqual(free);
        }
      }
      expect(free).toBeLessThanOrEqual(frames);
    }),
    { numRuns: 60 },
  );
});

test('overlays lie within their film', () => {
  fc.assert(
    fc.property(films, (film) => {
      const { overlays, frames } = timelineOf(film);
      for (const overlay of overlays) {
        expect(overlay.frames).toBeGreaterThan(0);
        expect(overlay.start + overlay.frames).toBeLessThanOrEqual(frames);
      }
    }),
    { numRuns: 60 },
  );
});

test('a shot looks the same wherever it stands, but for what changes with time', () => {
  const film = { render: renderAt(RATES[0]!), shots: [], captions: [] };
  const [before, shot] = [shotOf(0, 90), shotOf(1, 120)];
  const mark = overlayOf({ kind: 'picture' });
  const style = { motion: '', fit: '', transitionMs: 0, overlays: [mark], figures: true };
  const alone = fragmentOfShot({ ...film, style, shot, previous: before });
  const placed = (start: number, filmFrames: number) =>
    fragmentOfShot({ ...film, style, shot, previous: before, place: { start, filmFrames } });
  expect(placed(90, 400)).toEqual(alone);
  expect(placed(900, 4_000)).toEqual(alone);
  const bar = overlayOf({ kind: 'progress' });
  const shown = overlaysIn([{ ...bar, frames: 400 }], { start: 90, frames: 120 }, RATES[0]!);
  expect(shown).toEqual([{ ...bar, start: -90, frames: 400 }]);
});

test('another picture in one scene of eight changes two segments; another length too, whatever comes after', () => {
  const mark = overlayOf({ kind: 'picture' });
  const style = { motion: '', fit: '', transitionMs: 0, overlays: [mark], figures: true };
  const shots = Array.from({ length: 8 }, (_, index) => shotOf(index, 200 + index));
  const fragments = (changed: (shot: Shot) => Shot) => {
    const edited = shots.map((shot) => (shot.index === 3 ? changed(shot) : shot));
    const film = { render: renderAt(RATES[4]!), style, shots: edited, captions: [] };
    const timeline = timelineOf(film);
    return edited.map((_shot, index) => JSON.stringify(fragmentOf(timeline, index)));
  };
  const before = fragments((shot) => shot);
  const differing = (after: string[]) =>
    after.flatMap((one, at) => (one === before[at] ? [] : [at]));
  const other = { sha256: 'b'.repeat(64), bytes: 1, mediaType: 'image/png' };
  const repainted = fragments((shot) => ({ ...shot, picture: { ...shot.picture, image: other } }));
  expect(differing(repainted)).toEqual([3, 4]);
  expect(differing(fragments((shot) => ({ ...shot, frames: 90 })))).toEqual([3, 4]);
});

test('a transition shows the visual before beyond its end, and never more than half of a short one', () => {
  const film = { render: renderAt(RATES[4]!), captions: [] };
  const fragment = fragmentOfShot({ ...film, shot: shotOf(1, 20), previous: shotOf(0, 90) });
  expect(fragment.visuals.map(({ start, frames }) => [start, frames])).toEqual([
    [-90, 90],
    [0, 20],
  ]);
  expect(fragment.visuals[0]?.transition).toBeUndefined();
  expect(fragment.visuals[1]?.transition?.frames).toBe(10);
  expect(fragment.visuals[0]?.motion?.frames).toBe(105);
  const cut = fragmentOfShot({
    ...film,
    style: {
      motion: 'none',
      fit: 'blur',
      transition: { kind: 'cut', frames: 0, direction: '', colour: '', linearLight: false },
      transitionMs: 0,
      overlays: [],
      figures: true,
    },
    shot: shotOf(1, 20),
    previous: shotOf(0, 90),
  });
  expect(cut.visuals).toHaveLength(1);
  expect(cut.visuals[0]).toMatchObject({ start: 0, fit: 'blur' });
  expect(cut.visuals[0]?.motion).toBeUndefined();
});

test('motion never leaves the picture, whatever the length and the rate', () => {
  const shape = fc.constantFrom([1_280, 720], [720, 1_280], [1_080, 1_080], [864, 1_080]);
  fc.assert(
    fc.property(
      fc.constantFrom(...RATES),
      shape,
      fc.integer({ min: 1, max: 100_000 }),
      fc.integer({ min: 1, max: 50 }),
      (rate, [widthPx = 0, heightPx = 0], frames, index) => {
        const render = { ...renderAt(rate), widthPx, heightPx };
        const { visuals } = timelineOf({ render, shots: [shotOf(index, frames)], captions: [] });
        const motion = visuals[0]?.motion;
        for (const { x, y, width } of [motion!.from, motion!.to]) {
          for (const centre of [x, y]) {
            expect(centre - width / 2).toBeGreaterThan(0);
            expect(centre + width / 2).toBeLessThan(1);
          }
        }
      },
    ),
    { numRuns: 200 },
  );
});

test('frames, times and samples agree for every rate, without drift over half an hour', () => {
  fc.assert(
    fc.property(fc.constantFrom(...RATES), fc.nat(108_000), (rate, frames) => {
      expect(framesOf(msOf(frames, rate), rate)).toBe(frames);
      const samples = samplesOf(frames, rate, 48_000);
      expect(Math.abs(samples / 48 - msOf(frames, rate))).toBeLessThanOrEqual(1 / 96 + 1e-6);
      expect(rateOf(renderAt(rate))).toEqual(rate);
    }),
  );
});
