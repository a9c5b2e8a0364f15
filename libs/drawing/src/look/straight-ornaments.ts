import { circle, gradient, polygon, px, spark, type Canvas, type Ornament } from './canvas.js';
import { pick } from './random.js';

/** Broad slanted bands that run off the picture. */
export function slabs({ height, focus, reach, unit, palette, random }: Canvas): Ornament {
  const [quiet, middle, loud] = palette.tones;
  const slant = height * (0.42 + random() * 0.12);
  const bands = [
    { from: -0.75, width: 0.42, tone: quiet },
    { from: -0.2, width: 0.62, tone: middle },
    { from: 0.56, width: 0.36, tone: loud },
  ];
  const band = (from: number, width: number, paint: string) => {
    const x = focus.x + from * reach + slant / 2;
    const broad = width * reach;
    return polygon(
      [
        [x, -unit],
        [x + broad, -unit],
        [x + broad - slant, height + unit],
        [x - slant, height + unit],
      ],
      paint,
    );
  };
  const dot = { x: focus.x + reach * 0.1, y: focus.y - reach * 0.2 };
  return {
    quiet: bands
      .map(({ from, width, tone }, at) => {
        const id = `slab${at}`;
        return (
          gradient(id, tone, palette.ground[1], false) + band(from, width, `fill="url(#${id})"`)
        );
      })
      .join(''),
    sparks: [spark(dot.x, dot.y, unit * 4.2, palette.accent)],
  };
}

/** Wedges of light that open from beyond the edge. */
export function rays({ width, height, focus, reach, unit, palette, random }: Canvas): Ornament {
  const [quiet, middle, loud] = palette.tones;
  const origin = { x: focus.x + reach * 0.35, y: focus.y + reach * 0.75 };
  const far = Math.hypot(width, height) * 1.2;
  const count = 18;
  const turn = random() * Math.PI;
  const wedges = Array.from({ length: count }, (_, at) => {
    const angle = turn + (at / count) * Math.PI * 2;
    const half = Math.PI / count / 2;
    const edge = (side: number): [number, number] => [
      origin.x + far * Math.cos(angle + side * half),
      origin.y + far * Math.sin(angle + side * half),
    ];
    return polygon([[origin.x, origin.y], edge(-1), edge(1)], `fill="${quiet}"`);
  });
  const sun = reach * 0.42;
  return {
    quiet: [
      ...wedges,
      circle(origin.x, origin.y, sun * 1.5, `fill="${middle}"`),
      circle(origin.x, origin.y, sun * 1.22, `fill="${loud}"`),
    ].join(''),
    sparks: [{ ...spark(origin.x, origin.y, sun - unit, palette.accent), bleeds: true }],
  };
}

/** A grid of quarter circles, half circles and dots, as on printed cloth. */
export function tiles({ width, height, focus, reach, palette, random }: Canvas): Ornament {
  const size = reach * 0.46;
  const columns = Math.min(4, Math.ceil((width - focus.x) / size) + 1);
  const rows = Math.ceil((height - Math.max(0, focus.y - size * 3)) / size);
  const left = width - columns * size;
  const top = height - rows * size;
  const drawn: string[] = [];
  const sparks: Ornament['sparks'] = [];
  for (let at = 0; at < rows * columns; at++) {
    const x = left + (at % columns) * size;
    const y = top + Math.floor(at / columns) * size;
    const tone = pick(random, palette.tones);
    const kind = random();
    const gap = at % columns === 0 ? 0.34 : 0.1;
    if (kind < gap) continue;
    if (kind > 0.9) {
      const colour = pick(random, [palette.accent, palette.spark]);
      sparks.push(spark(x + size / 2, y + size / 2, size * 0.32, colour));
    } else {
      drawn.push(tile(x, y, size, `fill="${tone}"`, (kind - gap) / (0.9 - gap)));
    }
  }
  return { quiet: drawn.join(''), sparks: sparks.slice(0, 3) };
}

function tile(x: number, y: number, ...[size, paint, kind]: [number, string, number]): string {
  if (kind < 0.72) return quarter(x, y, size, paint, Math.floor(kind * 40) % 4);
  if (kind < 0.86) {
    const half = px(size / 2);
    return `<path d="M${px(x)} ${px(y + size)}a${half} ${half} 0 0 1 ${px(size)} 0z" ${paint}/>`;
  }
  return circle(x + size / 2, y + size / 2, size * 0.5, paint);
}

/** A quarter of a disc around one corner of a square: 0 is the upper left, then clockwise. */
function quarter(x: number, y: number, ...[size, paint, corner]: [number, string, number]): string {
  const corners = [
    [x, y],
    [x + size, y],
    [x + size, y + size],
    [x, y + size],
  ];
  const at = (index: number) => (corners[index % 4] ?? [x, y]).map(px).join(' ');
  return `<path d="M${at(corner)}L${at(corner + 1)}A${px(size)} ${px(size)} 0 0 1 ${at(corner + 3)}z" ${paint}/>`;
}

/** Rolling bands along the lower edge. */
export function waves({ width, height, focus, reach, unit, palette, random }: Canvas): Ornament {
  const phase = random() * Math.PI * 2;
  const bands = palette.tones.map((tone, at) => {
    const level = height * (0.62 + at * 0.13);
    const swing = reach * (0.16 - at * 0.03);
    const length = width * (0.9 - at * 0.14);
    const steps = 48;
    const points = Array.from({ length: steps + 1 }, (_, step): [number, number] => {
      const x = (step / steps) * width;
      const rise = Math.sin((x / length) * Math.PI * 2 + phase + at * 1.9);
      return [x, level + swing * rise - (x / width) * reach * 0.18];
    });
    return polygon([...points, [width, height], [0, height]], `fill="${tone}"`);
  });
  return {
    quiet: [
      circle(focus.x, focus.y - reach * 0.2, reach * 0.62, `fill="${palette.tones[0]}"`),
      ...bands,
    ].join(''),
    sparks: [spark(focus.x, focus.y - reach * 0.2, unit * 9, palette.accent)],
    stage: { x: focus.x, y: focus.y - reach * 0.2, size: reach * 0.56 },
  };
}
