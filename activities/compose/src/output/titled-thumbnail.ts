import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fitText, shapeText, sharedFontLibrary, textSvg } from '@aura/drawing';
import sharp from 'sharp';
import { shownText } from '../captions/plain-text.js';
import type { Size } from '../size.js';

/** Pictures of ours are small: more pixels would be a fault. */
const MAX_PIXELS = 4_000_000;

export interface TitleRequest {
  title: string;
  language: string;
  fontsFolder: string | undefined;
}

/**
 * The thumbnail with the film's title on it, over a shade that rises from its lower edge; or, without a picture,
 * the title on a plain ground: the cover of a film that is only heard. Gives nothing where the title has no
 * letter that could be drawn.
 */
export async function drawTitle(
  request: TitleRequest,
  picture:
    | { folder: string; input: string; output: string }
    | { folder: string; size: Size; output: string },
): Promise<boolean> {
  const { folder, output } = picture;
  const image =
    'input' in picture
      ? sharp(path.join(folder, picture.input), { limitInputPixels: MAX_PIXELS })
      : sharp({
          create: {
            width: picture.size.widthPx,
            height: picture.size.heightPx,
            channels: 3,
            background: GROUND,
          },
        });
  const { width, height } = await image.metadata();
  const svg = await titleSvg(request, { widthPx: width, heightPx: height });
  if (svg === undefined && 'input' in picture) return false;
  const layers = svg === undefined ? [] : [{ input: Buffer.from(svg) }];
  await writeFile(path.join(folder, output), await image.composite(layers).jpeg(JPEG).toBuffer());
  return true;
}

const GROUND = '#16202c';
const JPEG = { quality: 86, chromaSubsampling: '4:4:4' } as const;

async function titleSvg(
  { title, language, fontsFolder }: TitleRequest,
  { widthPx, heightPx }: Size,
): Promise<string | undefined> {
  const style = { typeface: 'sans', weight: 'bold', tracking: 0, language, rtl: false } as const;
  const shaped = await shapeText(shownText(title), style, await sharedFontLibrary(fontsFolder));
  if (shaped.words.length === 0) return undefined;
  const short = Math.min(widthPx, heightPx);
  const margin = Math.round(0.07 * short);
  const fitted = fitText(shaped, {
    width: widthPx - 2 * margin,
    height: heightPx * 0.45,
    maxSize: 0.15 * short,
    minSize: 0.05 * short,
    maxLines: 4,
    leading: 1.18,
  });
  const place = {
    x: margin,
    y: heightPx - margin - fitted.height,
    width: widthPx - 2 * margin,
    align: fitted.rtl ? ('end' as const) : ('start' as const),
  };
  const shadeFrom = Math.max(0, 1 - (fitted.height + 3.5 * margin) / heightPx);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${widthPx}" height="${heightPx}">`,
    '<defs><linearGradient id="shade" x1="0" y1="0" x2="0" y2="1">',
    `<stop offset="${shadeFrom.toFixed(3)}" stop-color="#000" stop-opacity="0"/>`,
    `<stop offset="${((shadeFrom + 1) / 2).toFixed(3)}" stop-color="#000" stop-opacity="0.62"/>`,
    '<stop offset="1" stop-color="#000" stop-opacity="0.82"/></linearGradient></defs>',
    '<rect width="100%" height="100%" fill="url(#shade)"/>',
    textSvg(fitted, place, { colour: '#ffffff', stress: '#ffffff' }),
    '</svg>',
  ].join('');
}
