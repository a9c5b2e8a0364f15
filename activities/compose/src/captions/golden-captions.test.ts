import { beforeAll, expect, test } from 'vitest';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp, { type Create } from 'sharp';
import { captionKit, captionOf, psnr, seenAt } from '../testing/caption-kit.js';

/**
 * The looks in the scripts of the world, held against pictures that were looked at. Another version of a font may
 * move an edge by a pixel; another font, direction or order of signs is far below the limit.
 * `AURA_UPDATE_GOLDEN=1` makes the pictures anew: look at them.
 */
const MIN_DB = 26;
const GOLDEN = path.join(import.meta.dirname, '../../golden/captions');

const TEXTS: Record<string, string[]> = {
  en: ['Coffee ☕ began as a wild plant', 'in the highlands, {they} “say”.'],
  el: ['Ο καφές ξεκίνησε ως άγριο φυτό', 'στα υψίπεδα της Αιθιοπίας.'],
  ru: ['Кофе начинался как дикое растение', 'в горах Эфиопии.'],
  'zh-CN': ['咖啡起源于埃塞俄比亚高原', '的野生植物 🌱。'],
  ja: ['コーヒーはエチオピアの高原で', '野生の植物として始まった。'],
  ko: ['커피는 에티오피아 고원의', '야생 식물로 시작되었다.'],
  ar: ['بدأت القهوة 🐐 كنبات بري', 'في مرتفعات Ethiopia (1850).'],
  he: ['הקפה התחיל כצמח בר', 'ברמות של Ethiopia (1850).'],
  hi: ['कॉफ़ी की शुरुआत एक जंगली', 'पौधे के रूप में हुई थी।'],
  th: ['กาแฟเริ่มต้นจากพืชป่า', 'ในที่ราบสูงเอธิโอเปีย'],
};

const RENDER = { widthPx: 640, heightPx: 360 };
const CELL = { width: 480, height: 80 };
const COLUMNS = 2;
/** The second word is said. */
const FRAME = 8;

beforeAll(() => mkdir(GOLDEN, { recursive: true }));

const ALL = Object.keys(TEXTS);
const SOME = ['en', 'zh-CN', 'ar', 'hi'];

test.each([
  ['boxed', ALL],
  ['clean', SOME],
  ['karaoke', ALL],
  ['word', SOME],
])('%s captions look as they should', async (look, languages) => {
  const cells = await Promise.all(
    languages.map(async (language, index) => ({
      input: await cellOf(look, language, TEXTS[language] ?? []),
      left: (index % COLUMNS) * CELL.width,
      top: Math.floor(index / COLUMNS) * CELL.height,
    })),
  );
  const height = CELL.height * Math.ceil(cells.length / COLUMNS);
  const create: Create = {
    width: CELL.width * COLUMNS,
    height,
    channels: 3,
    background: '#3d6a8a',
  };
  const sheet = await sharp({ create }).composite(cells).removeAlpha().png().toBuffer();
  const file = path.join(GOLDEN, `${look}.png`);
  if (process.env['AURA_UPDATE_GOLDEN'] === '1') await writeFile(file, sheet);
  const drawn = await sharp(sheet).raw().toBuffer();
  const golden = await sharp(file).raw().toBuffer();
  expect(drawn).toHaveLength(golden.length);
  expect(psnr(drawn, golden)).toBeGreaterThan(MIN_DB);
});

/** The lower part of a frame with one caption. */
async function cellOf(look: string, language: string, lines: string[]): Promise<Buffer> {
  const isSpaced = !['zh-CN', 'ja', 'th'].includes(language);
  const dictionary = new Intl.Segmenter(language, { granularity: 'word' });
  const words = lines.flatMap((line) =>
    isSpaced ? line.split(' ') : [...dictionary.segment(line)].map(({ segment }) => segment.trim()),
  );
  const captions = [
    captionOf(
      lines,
      words.filter((word) => word !== ''),
    ),
  ];
  const style = { mode: '', look, position: '', accent: '' };
  const place = await captionKit();
  const sprites = await place.sprites({
    captions,
    frames: 60,
    render: RENDER,
    fps: 25,
    language,
    style,
  });
  await place.remove();
  const layers = seenAt(sprites, FRAME).map(({ sprite, box }) => ({
    input: Buffer.from(sprite.rgba),
    raw: { width: sprite.widthPx, height: sprite.heightPx, channels: 4 as const },
    left: box.x,
    top: box.y,
  }));
  const { widthPx: width, heightPx } = RENDER;
  const create: Create = { width, height: heightPx, channels: 3, background: '#3d6a8a' };
  const whole = await sharp({ create }).composite(layers).ensureAlpha().raw().toBuffer();
  const top = heightPx - CELL.height - 20;
  const left = (width - CELL.width) / 2;
  const shape = { width, height: heightPx, channels: 4 as const };
  return sharp(whole, { raw: shape })
    .extract({ left, top, ...CELL })
    .png({ compressionLevel: 1 })
    .toBuffer();
}
