import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';

const WIDTH_PX = 2_560;
const HEIGHT_PX = 1_440;
/** Octaves of noise, each twice as fine and half as strong: as detailed as a photograph is. */
const OCTAVES = 8;

/** A picture of seeded noise in all sizes, with a few shapes that have edges. The same index gives the same one. */
export async function detailedStill(folder: string, index: number): Promise<string> {
  const random = generator(index + 1);
  const pixels = new Float32Array(WIDTH_PX * HEIGHT_PX * 3);
  for (let octave = 0; octave < OCTAVES; octave += 1) {
    const width = Math.ceil(WIDTH_PX / 2 ** (OCTAVES - octave));
    const height = Math.ceil(HEIGHT_PX / 2 ** (OCTAVES - octave));
    const noise = Buffer.alloc(width * height * 3);
    for (let at = 0; at < noise.length; at += 1) noise[at] = random() * 256;
    const grown = await sharp(noise, { raw: { width, height, channels: 3 } })
      .resize(WIDTH_PX, HEIGHT_PX, { fit: 'fill', kernel: 'cubic' })
      .raw()
      .toBuffer();
    for (const [at, value] of grown.entries()) {
      pixels[at] = (pixels[at] ?? 0) + (value - 128) / 1.6 ** octave;
    }
  }
  const raw = Buffer.from(Uint8ClampedArray.from(pixels, (value) => 128 + value * 0.8).buffer);
  const shapes = Array.from({ length: 12 }, () => shape(random)).join('');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH_PX}" height="${HEIGHT_PX}">${shapes}</svg>`;
  const file = path.join(folder, `still-${index}.png`);
  const picture = sharp(raw, { raw: { width: WIDTH_PX, height: HEIGHT_PX, channels: 3 } });
  const drawn = await picture
    .composite([{ input: Buffer.from(svg) }])
    .removeAlpha()
    .png()
    .toBuffer();
  await writeFile(file, drawn);
  return file;
}

export const STILL_SIZE = { widthPx: WIDTH_PX, heightPx: HEIGHT_PX };

function shape(random: () => number): string {
  const [x, y, side] = [random() * WIDTH_PX, random() * HEIGHT_PX, 60 + random() * 300];
  const colour = `hsl(${Math.round(random() * 360)} 60% 55%)`;
  const turned = `rotate(${Math.round(random() * 90)} ${x} ${y})`;
  return `<rect x="${x}" y="${y}" width="${side}" height="${side / 2}" fill="${colour}" opacity="0.6" transform="${turned}"/>`;
}

/** Marsaglia's xorshift: 0 to 1, the same for the same seed. */
function generator(seed: number): () => number {
  let state = seed * 2_654_435_761;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 4_294_967_296;
  };
}
