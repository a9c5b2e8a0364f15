import { expect, test } from 'vitest';
import fc from 'fast-check';
import { SCENE_SILENCE_MS, silenceMs } from '../../../pace.js';
import { filler, slot, type Beat } from './beat.js';
import { chooseFilm } from './choose.js';
import { fit } from './fit.js';
import { groupScenes, type Spoken } from './group.js';
import { mergeBeats } from './merge.js';
import { shorten } from './shorten.js';

const msOf = (line: string): number => line.length * 60;

function beat(slots: Beat['slots'], heading = 'h'): Beat {
  return { kind: 'statement', heading, points: [], slots, keywords: [], sight: '' };
}

function spoken(lengths: readonly number[], perParagraph = 4): Spoken[] {
  return lengths.map((ms, at) => ({
    text: `Sentence ${at}.`,
    ms,
    paragraph: Math.floor(at / perParagraph),
    heading: '',
    item: '',
  }));
}

test('picks the wordings that meet the length, and leaves out what is too much', () => {
  const lines = [40, 80, 120].map((length) => 'x'.repeat(length));
  const film = fit(
    [beat([...slot(lines), ...slot(['y'.repeat(50)], true)])],
    900 + 550 + 80 * 60,
    msOf,
  );
  expect(film.scenes[0]?.sentences).toEqual([lines[1]]);
});

test('keeps every required line and the order of all', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.nat({ max: 150 }), { minLength: 1, maxLength: 4 }), {
        minLength: 1,
        maxLength: 12,
      }),
      fc.integer({ min: 2_000, max: 90_000 }),
      (choices, targetMs) => {
        const beats = choices.map((lengths, at) =>
          beat([
            ...slot(lengths.map((length) => `${at}${'x'.repeat(length)}.`)),
            ...filler(['filler']),
          ]),
        );
        const film = fit(beats, targetMs, msOf);
        expect(film.scenes).toHaveLength(beats.length);
        for (const [at, { sentences }] of film.scenes.entries())
          expect(sentences[0]).toMatch(new RegExp(`^${at}x*\\.$`));
      },
    ),
  );
});

test('comes as near as any choice of beats can', () => {
  const optional = Array.from({ length: 30 }, (_none, at) => ({
    beat: beat(slot(['x'.repeat(60 + at)])),
    section: 's',
    priority: 30 - at,
    names: [],
  }));
  for (const targetMs of [20_000, 60_000, 120_000]) {
    const film = chooseFilm(
      { optional, frames: [(chosen) => chosen.map((one) => one.beat)] },
      { targetMs, maxScenes: 120, msOf },
    );
    expect(Math.abs(film.filmMs / targetMs - 1)).toBeLessThan(0.05);
  }
});

test('groups sentences into scenes of a scene’s length, all of them, in order', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 500, max: 9_000 }), { minLength: 1, maxLength: 120 }),
      fc.integer({ min: 1, max: 120 }),
      (lengths, maxScenes) => {
        const sentences = spoken(lengths);
        const scenes = groupScenes(sentences, maxScenes);
        expect(scenes.flat()).toEqual(sentences);
        expect(scenes.length).toBeLessThanOrEqual(maxScenes);
        expect(scenes.every((scene) => scene.length > 0)).toBe(true);
        if (maxScenes < 120) return;
        for (const scene of scenes.filter((one) => one.length > 1)) {
          expect(scene.reduce((sum, { ms }) => sum + ms, SCENE_SILENCE_MS)).toBeLessThan(14_500);
        }
      },
    ),
  );
});

test('a heading begins a scene', () => {
  const sentences = spoken([2_000, 2_000, 2_000, 2_000], 4);
  sentences[2]!.heading = 'Winter';
  expect(groupScenes(sentences, 120).map((scene) => scene.length)).toEqual([2, 2]);
});

test('shortens to the length by whole sentences, keeping the beginning and the end', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1_000, max: 6_000 }), { minLength: 20, maxLength: 200 }),
      fc.integer({ min: 15_000, max: 60_000 }),
      (lengths, targetMs) => {
        const sentences = spoken(lengths);
        const kept = shorten(sentences, targetMs);
        expect(kept).toEqual(sentences.filter((sentence) => kept.includes(sentence)));
        expect(kept[0]).toBe(sentences[0]);
        expect(kept.at(-1)).toBe(sentences.at(-1));
        const ms = kept.reduce((sum, one) => sum + one.ms + SCENE_SILENCE_MS / 2, 0);
        expect(ms).toBeLessThan(targetMs * 1.02 + 12_000);
      },
    ),
  );
});

test('joins neighbours until no more scenes are left than allowed, losing no line', () => {
  const beats = Array.from({ length: 9 }, (_none, at) => beat(slot([`line ${at}`]), `h${at}`));
  for (const most of [1, 2, 3, 5, 9]) {
    const merged = mergeBeats(beats, most);
    expect(merged).toHaveLength(most);
    expect(merged.flatMap(({ slots }) => slots)).toEqual(beats.flatMap(({ slots }) => slots));
  }
});

test('counts the silence of every scene and the longer one at the end', () => {
  expect(silenceMs(3)).toBe(3 * 900 + 550);
  expect(silenceMs(0)).toBe(0);
});
