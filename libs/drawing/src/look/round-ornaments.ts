import { circle, gradient, px, spark, stroke, type Canvas, type Ornament } from './canvas.js';
import { mix } from './contrast.js';

/** A large disc with rings around it and small bodies on them. */
export function orbits({ focus, reach, unit, palette, random }: Canvas): Ornament {
  const [quiet, , loud] = palette.tones;
  const disc = reach * 0.5;
  const rings = [0.72, 0.98, 1.28, 1.62].map((share) => reach * share);
  const start = random() * Math.PI;
  return {
    quiet: [
      gradient('disc', loud, quiet),
      ...rings.map((radius, at) =>
        circle(focus.x, focus.y, radius, stroke(at % 2 ? quiet : loud, unit * 0.28)),
      ),
      circle(focus.x, focus.y, disc, 'fill="url(#disc)"'),
    ].join(''),
    sparks: rings.slice(0, 3).flatMap((radius, at) => {
      const angle = start + at * 2.2 + random();
      const x = focus.x + radius * Math.cos(angle);
      const y = focus.y + radius * Math.sin(angle);
      return [spark(x, y, unit * (2.4 - at * 0.6), at === 1 ? palette.spark : palette.accent)];
    }),
    stage: { ...focus, size: disc * 0.95 },
  };
}

/** Arches within each other, as over a gate or a sunrise. */
export function arches({ focus, reach, palette, random }: Canvas): Ornament {
  const [quiet, middle, loud] = palette.tones;
  const base = focus.y + reach * 0.4;
  const radii = [1, 0.76, 0.52].map((share) => reach * share);
  const shift = (random() - 0.5) * reach * 0.1;
  const arch = (radius: number) =>
    `M${px(focus.x + shift - radius)} ${px(base + reach * 2)}V${px(base)}a${px(radius)} ${px(radius)} 0 0 1 ${px(radius * 2)} 0V${px(base + reach * 2)}z`;
  const sun = reach * 0.2;
  return {
    quiet: radii
      .map(
        (radius, at) => `<path d="${arch(radius)}" fill="${[quiet, middle, loud][at] ?? loud}"/>`,
      )
      .join(''),
    sparks: [spark(focus.x + shift, base - reach * 0.2, sun, palette.accent)],
    stage: { x: focus.x + shift, y: base - reach * 0.18, size: reach * 0.46 },
  };
}

/** Closed lines around the focus, uneven like a map's contours. */
export function contours({ focus, reach, unit, palette, random }: Canvas): Ornament {
  const [quiet, middle, loud] = palette.tones;
  const waves = [2, 3, 5].map((order) => ({
    order,
    size: (0.1 + random() * 0.12) / Math.sqrt(order),
    phase: random() * Math.PI * 2,
  }));
  const line = (radius: number) => {
    const steps = 180;
    const points = Array.from({ length: steps }, (_, step) => {
      const angle = (step / steps) * Math.PI * 2;
      const bend = waves.reduce(
        (sum, wave) => sum + wave.size * Math.sin(wave.order * angle + wave.phase + radius / reach),
        1,
      );
      return `${px(focus.x + radius * bend * Math.cos(angle))} ${px(focus.y + radius * bend * Math.sin(angle))}`;
    });
    return `M${points.join('L')}z`;
  };
  const rings = Array.from({ length: 9 }, (_, at) => reach * (0.22 + at * 0.16));
  return {
    quiet: [
      `<path d="${line(reach * 0.86)}" fill="${quiet}"/>`,
      `<path d="${line(reach * 0.54)}" fill="${middle}"/>`,
      ...rings.map(
        (radius, at) =>
          `<path d="${line(radius)}" stroke-linejoin="round" ${stroke(mix(loud, quiet, at / 9), unit * 0.3)}/>`,
      ),
    ].join(''),
    sparks: [spark(focus.x, focus.y, unit * 1.8, palette.accent)],
    stage: { ...focus, size: reach * 0.5 },
  };
}

/** A field of dots that grow towards the focus. */
export function halftone({ width, height, focus, reach, unit, palette, random }: Canvas): Ornament {
  const [quiet, , loud] = palette.tones;
  const step = unit * 5.2;
  const turn = random() < 0.5 ? 0 : step / 2;
  const dots: string[] = [];
  let row = 0;
  for (let y = step / 2; y < height + step; y += step * 0.866) {
    const offset = row % 2 ? step / 2 : 0;
    for (let x = step / 2 + offset - turn; x < width + step; x += step) {
      const share = 1 - Math.hypot(x - focus.x, y - focus.y) / (reach * 1.2);
      if (share <= 0.04) continue;
      dots.push(circle(x, y, step * 0.46 * Math.sqrt(share), `fill="${mix(quiet, loud, share)}"`));
    }
    row += 1;
  }
  return {
    quiet: dots.join(''),
    sparks: [spark(focus.x, focus.y, unit * 3.4, palette.accent)],
  };
}
