import { expect, test } from 'vitest';
import { samplesOf, type Lesson } from './experience.js';

const unit = (name: string, tookMs: number) => {
  return { unit: name, label: '', made: ['s01'], found: 0, tookMs };
};
const lesson: Lesson = {
  film: {
    durationMs: 10_000,
    render: { widthPx: 360, heightPx: 640, fps: 24, quality: 'draft' },
    makers: { script: ['rules'], voice: ['flite'], visuals: ['cards'] },
  },
  units: {
    kinds: [
      unit('writeScript', 1_000),
      unit('narrateScene', 2_000),
      unit('illustrateScene', 3_000),
      unit('encodeSegment', 4_000),
      unit('assembleFilm', 5_000),
    ],
  },
  tookMs: 7_500,
  expected: { totalMs: 9_000, shares: {} },
};

test('a run teaches how long each kind of work takes per second of film, and how wrong its forecast was', () => {
  const told = samplesOf(lesson).map(({ kind, provider, size, value }) => {
    return [kind, provider, size, Math.round(value * 100) / 100];
  });
  expect(told).toEqual([
    ['writeScript', 'rules', '', 33.33],
    ['narrateScene', 'flite', '', 66.67],
    ['illustrateScene', 'cards', '360p24 draft', 100],
    ['encodeSegment', '', '360p24 draft', 133.33],
    ['assembleFilm', '', '360p24 draft', 166.67],
    ['wall', '', '', 0.5],
    ['error', '', '', 0.2],
  ]);
});

test('a run that has found some of its work, made further films, or lacks a part teaches nothing', () => {
  const { kinds } = lesson.units;
  const others = [
    kinds.map((kind, at) => (at === 1 ? { ...kind, found: 1 } : kind)),
    [...kinds, { ...unit('encodeSegment', 1), label: 'wide' }],
    kinds.slice(1),
    [],
  ];
  for (const other of others) expect(samplesOf({ ...lesson, units: { kinds: other } })).toEqual([]);
});
