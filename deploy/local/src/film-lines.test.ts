import { expect, test } from 'vitest';
import type { FilmStatus } from './api.js';
import { durationText, filmLine, filmLines } from './film-lines.js';

const STATUS: FilmStatus = {
  jobId: '0',
  status: 'running',
  progressPercentage: 43,
  currentStage: 'Voice',
  message: 'narrating scene 3',
  scenesDone: 2,
  scenesTotal: 8,
  etaSeconds: 65,
  processingSteps: [
    { stage: 'Brief', status: 'succeeded', progress: 100, message: '' },
    { stage: 'Script', status: 'succeeded', progress: 100, message: '' },
    { stage: 'Voice', status: 'running', progress: 37, message: 'narrating scene 3' },
    { stage: 'Visuals', status: 'pending', progress: 0, message: '' },
    { stage: 'Composition', status: 'running', progress: 20, message: 'encoding' },
    { stage: 'Composition', status: 'pending', progress: 0, message: '' },
  ],
  error: null,
  warnings: [],
};

test('a film in work is one line per stage and one for all', () => {
  expect(filmLines(STATUS)).toEqual([
    '  Brief        100 %  done',
    '  Script       100 %  done',
    '  Voice         37 %  narrating scene 3',
    '  Visuals             waiting',
    '  Composition   10 %  encoding',
    '  43 % · 2 of 8 scenes done · about 1 min 05 s left',
  ]);
});

test('in a log it is one line', () => {
  expect(filmLine({ ...STATUS, etaSeconds: null })).toBe(
    'Voice: 43 % · 2 of 8 scenes done · narrating scene 3',
  );
});

test.each([
  [0.4, '0 s'],
  [59.6, '1 min 00 s'],
  [125, '2 min 05 s'],
])('%d seconds read as %s', (seconds, text) => {
  expect(durationText(seconds)).toBe(text);
});
