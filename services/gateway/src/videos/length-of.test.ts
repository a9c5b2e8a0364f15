import { expect, test } from 'vitest';
import { lengthOf } from './length-of.js';

test.each([
  ['Create a 30 second video about how lighthouses saved sailors', 30],
  ['Create a 2 minute video about the history of tea', 120],
  ['create a 45s video about bees', 45],
  ['Please make me a 1.5 min film about the moon.', 90],
  ['Make a two-minute explainer video on volcanoes', 120],
  ['I need a 90-second vertical clip about our bakery', 90],
  ['We run a bakery. Make a 20 second promo video about our bread.', 20],
  ['A one minute documentary about Rome', 60],
  ['30 second video about salt', 30],
  ['Can you create a video of about 40 seconds for kids about whales?', 40],
  ['Create a video about tides, 30 seconds long', 30],
  ['Create a video about tides (2 minutes)', 120],
  ['Create a video about tides. It should last 30 seconds.', 30],
  ['Create a video about tides.\nLength: 2 min', 120],
  ['Make a video about tides. Keep it under 60 seconds.', 60],
  ['Create a half minute film about ants', 30],
  ['Create a two and a half minute film about ants', 150],
  ['Create a 1 minute and 30 seconds video about ants', 90],
  ['Erstelle ein 30-Sekunden-Video über Leuchttürme', 30],
  ['Erstelle bitte ein zweiminütiges Erklärvideo über Tee', 120],
  ['Kannst du mir ein Video von 45 Sekunden über Bienen machen?', 45],
  ['Ich möchte einen 1,5 Minuten langen Film über den Mond', 90],
  ['Mach ein Video über Ebbe und Flut. Es soll 30 Sekunden dauern.', 30],
  ['Crée une vidéo de 30 secondes sur les phares', 30],
  ['Je voudrais une vidéo d’une minute sur le thé', 60],
  ['Fais un film de deux minutes sur la lune', 120],
  ['Crea un vídeo de 30 segundos sobre los faros', 30],
  ['Quiero un video de 2 minutos sobre el té', 120],
  ['Haz un video de un minuto sobre el mar', 60],
])('%p asks for %p s', (brief, seconds) => {
  expect(lengthOf(brief)).toBe(seconds * 1_000);
});

test.each([
  'The history of tea',
  'The 1969 flight took 8 minutes',
  'The landing. The 1969 flight took 8 minutes. A film of it lasts 30 seconds.',
  'Create a video about the 8 minute flight of 1969',
  'Create a video of the 8 minute flight of 1969',
  'Create a video about how to boil an egg in 8 minutes',
  'Create a video about a 30 second video that went around the world',
  'Create a video about the eclipse. The 1969 eclipse lasted 7 minutes.',
  'Boil the eggs for 8 minutes. Show a film to the children for 20 minutes.',
  'A short film about the 100 m race, run in 9.58 seconds',
  'Erstelle ein Video über den Flug, der 8 Minuten dauerte',
  'Crée une vidéo sur un vol de 8 minutes',
  'Crea un vídeo sobre un vuelo de 8 minutos',
  'Seven minutes of terror',
])('%p asks for no length', (brief) => {
  expect(lengthOf(brief)).toBeUndefined();
});

test('a long text is looked through in a moment', () => {
  const startMs = performance.now();
  for (const unit of ['Create a 30 ', 'one and a half ', 'a-', '1', 'video ', ', ']) {
    lengthOf(`Create a ${unit.repeat(50_000 / unit.length)}`);
  }
  expect(performance.now() - startMs).toBeLessThan(2_000);
});
