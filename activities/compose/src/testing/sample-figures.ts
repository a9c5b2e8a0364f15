import type { Figure, FigureItem } from '@aura/proto';

const item = (label: string, value = 0, text = ''): FigureItem => ({ label, value, text });

function figure(
  kind: string,
  title: string,
  items: FigureItem[],
  more: Partial<Figure> = {},
): Figure {
  const place = { seed: kind, number: 2, count: 6 };
  const look = { title: `A film of ${kind}`, style: 'documentary', language: 'en', ...place };
  return { kind, title, unit: '', source: '', items, look, ...more };
}

/** One figure of each kind, and one that reads from right to left. */
export const SAMPLE_FIGURES: Record<string, Figure> = {
  count: figure('count', '', [item('Sediment that rivers carry to the sea each year', 19)], {
    unit: 'billion tonnes',
  }),
  bars: figure(
    'bars',
    'Where electricity comes from',
    [item('Coal', 36), item('Gas', 23), item('Water', 15), item('Wind and sun', 12)],
    { unit: '%', source: 'An almanac' },
  ),
  line: figure(
    'line',
    'Carbon dioxide in the air',
    [item('1960', 317), item('1980', 339), item('2000', 370), item('2020', 414)],
    { unit: 'parts per million' },
  ),
  timeline: figure('timeline', 'From idea to Moon', [
    item('1957', 0, 'Sputnik circles the Earth'),
    item('1961', 0, 'Yuri Gagarin follows'),
    item('1969', 0, 'Two people walk on the Moon'),
  ]),
  comparison: figure(
    'comparison',
    'Two ways across the Atlantic',
    [item('By ship', 168, 'A week at sea'), item('By plane', 8, 'A night in the air')],
    { unit: 'hours' },
  ),
  steps: figure('steps', 'How to make good coffee', [
    item('Grind', 0, 'Fresh and even'),
    item('Heat', 0, 'Water at 93 degrees'),
    item('Pour', 0, 'Slowly, in circles'),
  ]),
  list: figure('list', 'What plants need', [
    item('Light'),
    item('Water'),
    item('Air at the roots'),
  ]),
  quote: figure('quote', '', [item('Heraclitus', 0, 'No man ever steps in the same river twice')]),
  rtl: figure('bars', 'من أين تأتي الكهرباء', [item('فحم', 36), item('غاز', 23), item('ماء', 15)], {
    look: { title: 'rtl', style: 'news', language: 'ar', seed: 's', number: 1, count: 3 },
  }),
};
