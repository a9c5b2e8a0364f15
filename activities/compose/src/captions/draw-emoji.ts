import { readdir } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { ProgramError, runProgram } from '@aura/media';
import type { EmojiBox } from './emoji.js';
import { emptyPixels, layOver, premultiplied, type Pixels } from './pixels.js';

const FAMILY = 'Noto Color Emoji';

/** The file of a colour font: one of the folder's, else the installed one; undefined where there is none. */
export async function emojiFont(fontsFolder?: string): Promise<string | undefined> {
  const names = fontsFolder === undefined ? [] : await readdir(fontsFolder).catch(() => []);
  const own = names.toSorted().find((name) => /emoji.*\.ttf$/i.test(name));
  if (own !== undefined && fontsFolder !== undefined) return path.resolve(fontsFolder, own);
  try {
    const { stdout } = await runProgram('fc-match', ['--format', '%{family}\n%{file}', FAMILY]);
    const [family, file] = stdout.split('\n');
    return family === FAMILY ? file : undefined;
  } catch (error) {
    if (error instanceof ProgramError || (error as NodeJS.ErrnoException).code === 'ENOENT')
      return undefined;
    throw error;
  }
}

/** Larger than any caption's, so that it is only ever made smaller. */
const DRAWN_DPI = 600;
/** A pictograph of people with hair and skin is 10 code points long; what is longer is none. */
const MAX_CODE_POINTS = 12;

/** One pictograph in its colours, as large as fits into the middle of its room. */
export async function drawEmoji(
  character: string,
  { room, font }: { room: EmojiBox; font: string },
): Promise<Pixels> {
  const pixels = emptyPixels(room.widthPx, room.heightPx);
  const text = Array.from(character).slice(0, MAX_CODE_POINTS).join('').replace(/[<>&]/g, '');
  const drawn = await sharp({
    text: { text, font: FAMILY, fontfile: font, rgba: true, dpi: DRAWN_DPI },
    limitInputPixels: 4_000_000,
  })
    .trim()
    .png()
    .toBuffer()
    // A font that lacks it draws nothing, and nothing cannot be trimmed.
    .catch(() => undefined);
  if (!drawn) return pixels;
  const { data, info } = await sharp(drawn)
    .resize(room.widthPx, room.heightPx, { fit: 'inside', kernel: 'lanczos3' })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const size = { widthPx: info.width, heightPx: info.height };
  const at = {
    x: Math.floor((room.widthPx - info.width) / 2),
    y: Math.floor((room.heightPx - info.height) / 2),
  };
  layOver(pixels, premultiplied({ ...size, rgba: data }), at);
  return pixels;
}
