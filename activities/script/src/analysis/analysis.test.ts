import { expect, test } from 'vitest';
import type { Scene } from '@aura/proto';
import { goodFilm } from '../testing/films.js';
import { PACE } from '../testing/scripts.js';
import { analyseComplexity } from './analyse-complexity.js';
import { analyseScenes } from './analyse-scenes.js';
import { narrativeArc } from './narrative-arc.js';
import { scriptWarnings } from './script-warnings.js';
import { describePicture } from './visual-prompts.js';

const speech = { language: 'en-US', pace: PACE };

function scenesOf(narrations: readonly string[], change: Partial<Scene> = {}): Scene[] {
  return narrations.map((narration, index) => ({
    id: `s${index + 1}`,
    index,
    kind: index === 0 ? 'title' : index === narrations.length - 1 ? 'closing' : 'statement',
    narration,
    heading: 'Bees',
    points: [],
    visualPrompt: '',
    keywords: ['bees'],
    ...change,
  }));
}

const BEES = [
  goodFilm().hook,
  ...goodFilm().scenes.map(({ narration }) => narration),
  goodFilm().closing,
];
const DENSE = [
  'Electrophysiological characterisation of mechanotransduction channels presupposes heterologous expression systems, whose thermodynamic reversibility, notwithstanding considerable methodological heterogeneity, remains insufficiently documented across laboratories.',
  'Phosphorylation-dependent internalisation, counterbalanced by ubiquitination, determines extracellular responsiveness in hippocampal interneurons, astrocytes, oligodendrocytes, and, controversially, cerebrovascular endothelium.',
  'Computational reconstruction of morphologically heterogeneous arborisations necessitates probabilistic segmentation, multidimensional registration, and hyperparameter optimisation.',
];

test('a scene of figures and film words matters more than one in passing; hook and closing most', () => {
  const scenes = scenesOf(BEES);
  const analyses = analyseScenes(scenes, speech);
  expect(analyses.map(({ sceneId }) => sceneId)).toEqual(scenes.map(({ id }) => id));
  for (const { importance, density, difficulty, novelty, speechMs } of analyses) {
    for (const value of [importance, density, difficulty, novelty]) {
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThanOrEqual(1);
    }
    expect(speechMs).toBeGreaterThan(1_000);
  }
  const [passing] = analyseScenes(
    scenesOf(['So it goes.', 'And on it goes.', 'It goes on.']).slice(1),
    speech,
  );
  expect(analyses[0]!.importance).toBeGreaterThanOrEqual(passing!.importance);
});

test('what was said before is no news', () => {
  const [first, second] = analyseScenes(
    scenesOf(['Bees gather nectar daily.', 'Nectar: bees gather daily.', 'End.']),
    speech,
  );
  expect(first?.novelty).toBe(1);
  expect(second?.novelty).toBe(0);
});

test('a film of long words and sentences is demanding, one of short ones is easy', () => {
  expect(analyseComplexity(scenesOf(DENSE), speech).level).toBe('demanding');
  const easy = analyseComplexity(
    scenesOf([
      'Bees fly far. They come home.',
      'Then they rest. The sun is low.',
      'Good night, bees.',
    ]),
    speech,
  );
  expect(easy.level).toBe('easy');
  expect(easy.overall).toBeLessThan(analyseComplexity(scenesOf(BEES), speech).overall + 0.2);
  expect(analyseComplexity([], speech)).toMatchObject({ level: 'easy', hardestSceneId: '' });
});

test('a film with opening, middle and end is sound, and its parts are named', () => {
  const arc = narrativeArc(scenesOf(BEES), { style: 'documentary', language: 'en-US' });
  expect(arc.problems).toEqual([]);
  expect(arc.structure).toHaveLength(BEES.length);
  expect(arc.structure[0]).toBe('opening');
  expect(arc.structure.at(-1)).toBe('closing');
  expect(arc.structure.filter((part) => part === 'high point')).toHaveLength(1);
});

test.each<[string, string[], RegExp]>([
  ['no middle', BEES.slice(0, 2), /no room/],
  ['figures first', ['97 % of honey is sugar and water.', ...BEES.slice(1)], /begins with figures/],
  [
    'one endless scene',
    [...BEES.slice(0, 3), BEES.join(' ').repeat(3), BEES[4]!],
    /more than half/,
  ],
  [
    'an open end',
    [...BEES.slice(0, 4), 'And then there is something else:'],
    /middle of a thought/,
  ],
  [
    'a closing that does not end',
    [...BEES.slice(0, 4), BEES.join(' ')],
    /longer than what it closes|more than half/,
  ],
  [
    'nothing in common',
    [
      'Volcanoes erupt somewhere.',
      'Bicycles require maintenance.',
      'Tomatoes ripen slowly.',
      'Parliament debates budgets.',
      'Whales migrate northwards.',
      'Pencils contain graphite.',
    ],
    /hardly a word in common/,
  ],
])('a film with %s is told so', (_name, narrations, problem) => {
  const arc = narrativeArc(scenesOf(narrations), { style: 'documentary', language: 'en-US' });
  expect(arc.problems.join('\n')).toMatch(problem);
});

test('only what helps the user is told as a warning', () => {
  const context = {
    style: 'documentary' as const,
    language: 'en-US',
    pace: PACE,
    audience: 'children of eight',
  };
  expect(scriptWarnings(scenesOf(BEES), context)).toEqual([]);
  expect(scriptWarnings(scenesOf(DENSE), context).map(({ code }) => code)).toContain(
    'DemandingScript',
  );
  expect(
    scriptWarnings(scenesOf(DENSE), { ...context, audience: 'doctors' }).map(({ code }) => code),
  ).not.toContain('DemandingScript');
});

test('a picture follows from its scene: the same for the same, another for another', () => {
  const [first, second] = scenesOf(BEES);
  expect(describePicture(first!, 'documentary')).toEqual(describePicture(first!, 'documentary'));
  expect(describePicture(first!, 'documentary').shot).toBe('wide');
  expect(describePicture({ ...second!, kind: 'number' }, 'documentary').shot).toBe('close-up');
  expect(
    describePicture({ ...second!, narration: 'The storm destroyed the city.' }, 'news').mood,
  ).toBe('tense');
  const { prompt } = describePicture({ ...second!, heading: 'A <b>hive</b> {x|y} "now"' }, 'promo');
  expect(prompt).toMatch(/^Vivid advertising photograph/);
  expect(prompt).not.toMatch(/[<>{}|"]/);
});
