import { beforeAll, expect, test } from 'vitest';
import { openFontLibrary, type FontLibrary } from './font-library.js';
import { isRightToLeft } from './scripts.js';
import { shapeText, type TextStyle } from './shaped-text.js';

let fonts: FontLibrary;
beforeAll(async () => {
  fonts = await openFontLibrary();
});

const style = (language: string, more: Partial<TextStyle> = {}): TextStyle => ({
  typeface: 'sans',
  weight: 'bold',
  tracking: 0,
  language,
  rtl: isRightToLeft(language),
  ...more,
});
const glyphsOf = async (text: string, language: string, more: Partial<TextStyle> = {}) => {
  const shaped = await shapeText(text, style(language, more), fonts);
  return { ...shaped, runs: shaped.words.flatMap(({ runs }) => runs) };
};

const ALPHABETS: [language: string, letters: string][] = [
  ['en', 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyzÀÉÎÕÜßæœøłđșțğışžčěřůőűñçþð'],
  ['vi', 'ăâđêôơưằẳẵắặầẩẫấậềểễếệồổỗốộờởỡớợừửữứự'],
  ['el', 'ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώ'],
  ['ru', 'АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґ'],
  ['kk', 'әғқңөұүһі'],
  ['zh-CN', '天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳'],
  ['zh-TW', '天地玄黃宇宙洪荒日月盈昃辰宿列張寒來暑往秋收冬藏閏餘成歲律呂調陽'],
  ['ja', 'いろはにほへとちりぬるをわかよたれそつねならむアイウエオカキクケコ川山海空'],
  ['ko', '가나다라마바사아자차카타파하강물산바람하늘'],
  ['ar', 'ابتثجحخدذرزسشصضطظعغفقكلمنهوي'],
  ['fa', 'پچژگکی'],
  ['he', 'אבגדהוזחטיכךלמםנןסעפףצץקרשת'],
  ['hi', 'अआइईउऊएऐओऔकखगघचछजझटठडढणतथदधनपफबभमयरलवशषसह'],
  ['th', 'กขคฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ'],
  ['ta', 'அஆஇஈஉஊஎஏஐஒஓகஙசஞடணதநபமயரலவழளறன'],
  ['bn', 'অআইঈউঊএঐওঔকখগঘঙচছজঝঞটঠডঢণতথদধন'],
  ['ka', 'აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ'],
  ['hy', 'ԱԲԳԴԵԶԷԸԹԺԻԼԽԾԿՀՁՂՃՄ'],
  ['am', 'ሀለሐመሠረሰሸቀበተቸኀነኘአከኸወዐዘዠየደጀገ'],
];

test.each(ALPHABETS)(
  'every letter of %s has a glyph of its own, and none is a box',
  async (language, letters) => {
    for (const typeface of ['sans', 'serif'] as const) {
      const outlines = new Map<string, string>();
      for (const letter of letters) {
        const { runs, missing } = await glyphsOf(letter, language, { typeface });
        expect(missing).toEqual([]);
        const drawn = runs.flatMap(({ face, glyphs }) =>
          glyphs.map(({ id }) => {
            expect(id).not.toBe(0);
            const outline = face.outline(id);
            expect(outline).not.toBe('');
            expect(outline).not.toBe(face.outline(0));
            return outline;
          }),
        );
        outlines.set(letter, drawn.join());
      }
      // Look-alikes (Latin and Cyrillic are never mixed here) would mean that something stands in for both.
      expect(new Set(outlines.values()).size).toBe(outlines.size);
    }
  },
);

test('Arabic letters are joined and run from right to left', async () => {
  const { runs, rtl } = await glyphsOf('كتاب', 'ar');
  const alone = await Promise.all(
    Array.from('كتاب', async (letter) => (await glyphsOf(letter, 'ar')).runs[0]?.glyphs[0]?.id),
  );
  const [run] = runs;
  expect(rtl).toBe(true);
  expect((run?.level ?? 0) % 2).toBe(1);
  const joined = run?.glyphs.map(({ id }) => id).toReversed() ?? [];
  expect(joined).not.toEqual(alone);
  const clusters = run?.glyphs.map(({ cluster }) => cluster) ?? [];
  expect(clusters).toEqual(clusters.toSorted((a, b) => b - a));
});

test('Devanagari forms conjuncts and puts the short i before its consonant', async () => {
  const conjunct = await glyphsOf('क्ष', 'hi');
  expect(conjunct.runs.flatMap(({ glyphs }) => glyphs)).toHaveLength(1);
  const short = (await glyphsOf('कि', 'hi')).runs[0]?.glyphs ?? [];
  const ka = (await glyphsOf('क', 'hi')).runs[0]?.glyphs[0]?.id;
  expect(short.at(-1)?.id).toBe(ka);
});

test('Thai marks stand on their consonant and take no room', async () => {
  const withMarks = await glyphsOf('ที่', 'th');
  const without = await glyphsOf('ท', 'th');
  expect(withMarks.words[0]?.width).toBeCloseTo(without.words[0]?.width ?? 0, 3);
});

async function outlineIn(language: string) {
  const [run] = (await glyphsOf('直', language)).runs;
  return run?.face.outline(run.glyphs[0]?.id ?? 0);
}

test('Han characters are drawn as their language writes them', async () => {
  const drawn = await Promise.all(['zh-CN', 'zh-TW', 'ja', 'ko'].map(outlineIn));
  expect(drawn[0]).not.toBe(drawn[2]);
});

test('one face draws all letters of a word, also where the first choice lacks one of them', async () => {
  const { runs } = await glyphsOf('Қазақстан', 'kk');
  expect(new Set(runs.map(({ face }) => face.key)).size).toBe(1);
});

test('emoji and private characters are left out and named', async () => {
  const { missing, runs } = await glyphsOf('Hi 👩‍👩‍👧 you 🇩🇪!', 'en');
  expect(missing).toEqual(['👩‍👩‍👧', '🇩🇪']);
  expect(runs.flatMap(({ glyphs }) => glyphs).every(({ id }) => id !== 0)).toBe(true);
});
