import type { Figures } from '../film.js';

const WIDTH = 760;
const BAR = 26;
const ROW = 40;
const LEFT = 190;
const RIGHT = 130;
const TOP = 44;
const [FLOOR, SEGMENTS, FILM] = ['#8a94a0', '#2f6f8f', '#d98a3d'];

interface Row {
  label: string;
  note: string;
  /** CPU seconds, one after the other. */
  parts: { seconds: number; colour: string }[];
}

/** The figures of a render as bars: the encoder alone, and beside it all that a film took. */
export function renderChart(figures: Figures): string {
  const rows = rowsOf(figures);
  const most = Math.max(...rows.map(totalOf), Number.MIN_VALUE);
  const height = TOP + rows.length * ROW + 30;
  const scale = (WIDTH - LEFT - RIGHT) / most;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="sans-serif" font-size="13" fill="#222">`,
    `<rect width="100%" height="100%" fill="#fff"/>`,
    `<text x="12" y="24" font-size="15">CPU seconds for ${figures['filmSeconds'] ?? 0} s of 1080p30</text>`,
    ...rows.map((row, at) => barOf(row, { top: TOP + at * ROW, scale })),
    legend(height - 12),
    '</svg>',
    '',
  ].join('\n');
}

function rowsOf(figures: Figures): Row[] {
  return Object.entries(figures).flatMap(([name, value]): Row[] => {
    const [preset = '', renderer = '', what] = name.split('.');
    if (renderer === 'floorCpuSeconds') {
      return [
        { label: `${preset}: x264 alone`, note: '', parts: [{ seconds: value, colour: FLOOR }] },
      ];
    }
    if (what !== 'segmentsCpuSeconds') return [];
    const film = figures[`${preset}.${renderer}.filmCpuSeconds`] ?? 0;
    const over = figures[`${preset}.${renderer}.overFloor`] ?? 0;
    const parts = [
      { seconds: value, colour: SEGMENTS },
      { seconds: film, colour: FILM },
    ];
    return [{ label: `${preset}: ${renderer}`, note: `, ${over.toFixed(2)}×`, parts }];
  });
}

function totalOf({ parts }: Row): number {
  return parts.reduce((sum, { seconds }) => sum + seconds, 0);
}

function barOf(row: Row, { top, scale }: { top: number; scale: number }): string {
  let x = LEFT;
  const bars = row.parts.map(({ seconds, colour }) => {
    const width = seconds * scale;
    const bar = `<rect x="${x.toFixed(1)}" y="${top}" width="${width.toFixed(1)}" height="${BAR}" fill="${colour}"/>`;
    x += width;
    return bar;
  });
  const middle = top + BAR / 2 + 5;
  const total = `${totalOf(row).toFixed(1)}${row.note}`;
  return `<text x="12" y="${middle}">${row.label}</text>${bars.join('')}<text x="${(x + 8).toFixed(1)}" y="${middle}">${total}</text>`;
}

function legend(y: number): string {
  const parts = [
    [FLOOR, 'encoding alone'],
    [SEGMENTS, 'segments: drawn, encoded, checked'],
    [FILM, 'joined, sound, checked'],
  ] as const;
  return parts
    .map(([colour, text], at) => {
      const x = 12 + at * 240;
      return `<rect x="${x}" y="${y - 10}" width="11" height="11" fill="${colour}"/><text x="${x + 17}" y="${y}" font-size="12">${text}</text>`;
    })
    .join('');
}
