import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import fc from 'fast-check';
import type { BlobRef, JobRef } from '@aura/proto';
import { startRecording, type Recording } from '../testing/recording.js';
import { htmlText } from './html-text.js';
import { passagesOf } from './passages.js';
import { runningText } from './running-text.js';
import { searchDocuments } from './search-documents.js';

let at: Recording;
let job: JobRef;
beforeAll(async () => {
  at = await startRecording();
  job = await at.newJob('documents');
}, 120_000);
beforeEach(() => at.database.passage.deleteMany());
afterAll(() => at.stop());

const put = (content: string, mediaType: string) => at.store.putBytes(content, mediaType);

function search(
  contents: BlobRef[],
  query: string,
  more: { language?: string; characters?: number } = {},
) {
  const documents = contents.map((content, number) => ({ title: `Document ${number}`, content }));
  return searchDocuments(at, {
    job,
    documents,
    query,
    language: 'en-US',
    characters: 3_000,
    ...more,
  });
}

/** A PDF with one line of text per string, as small as they come. */
function pdfOf(lines: string[]): string {
  const stream = `BT /F1 12 Tf 20 780 Td 14 TL ${lines.map((line) => `(${line}) Tj T*`).join(' ')} ET`;
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>',
    `<</Length ${stream.length}>>stream\n${stream}\nendstream`,
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
  ];
  let file = '%PDF-1.4\n';
  const offsets = objects.map((object, number) => {
    const offset = file.length;
    file += `${number + 1} 0 obj\n${object}\nendobj\n`;
    return String(offset).padStart(10, '0');
  });
  const xref = offsets.map((offset) => `${offset} 00000 n \n`).join('');
  const head = `xref\n0 6\n0000000000 65535 f \n${xref}trailer<</Size 6/Root 1 0 R>>`;
  return `${file}${head}\nstartxref\n${file.length}\n%%EOF\n`;
}

const BEES = 'Bees dance to show the way. A queen lays two thousand eggs a day.';
const SHIPS = 'The first ships were hollow trees. Sails came much later, on the river Nile.';

test('every kind of document gives its sentences, without headings, menus and code', async () => {
  const html = `<!doctype html><title>T</title><nav>Menu here.</nav><h1>Bees</h1><p>Bees <b>dance</b> to show the way.</p><script>x="Evil code runs."</script><p>A queen lays two thousand eggs a day.</p>`;
  const files: [string, string][] = [
    [BEES, 'text/plain'],
    [html, 'text/html'],
    [
      `# Bees\n\nBees **dance** to show [the way](http://x.example).\n\n\`\`\`\nCode is left out.\n\`\`\`\n\n* A queen lays two thousand eggs a day.`,
      'text/markdown',
    ],
    [
      pdfOf(['Bees dance to show', 'the way. A queen lays two thou-', 'sand eggs a day.']),
      'application/pdf',
    ],
  ];
  for (const [content, mediaType] of files) {
    const { passages } = await search([await put(content, mediaType)], 'bees');
    expect(passages.map(({ text }) => text).join(' ')).toBe(BEES);
  }
});

test('what speaks of the question is found, in the order of the documents, and nothing else when there is much', async () => {
  const filler = (word: string) =>
    Array.from({ length: 40 }, (_, n) => `Many ${word} are number ${n}.`).join(' ');
  const first = await put(`${filler('stones')}\n\n${SHIPS}\n\n${filler('walls')}`, 'text/plain');
  const second = await put(`${filler('roofs')}\n\nSailing ships need wind.`, 'text/plain');
  const { passages, warnings } = await search([first, second], 'Tell me about ships and sails', {
    characters: 400,
  });
  expect(passages.map(({ text }) => text)).toEqual([SHIPS, 'Sailing ships need wind.']);
  expect(passages.map(({ document, title }) => [document, title])).toEqual([
    [0, 'Document 0'],
    [1, 'Document 1'],
  ]);
  expect(warnings).toEqual([]);
});

test('a question that nothing answers gets the beginning, and is told so', async () => {
  const { passages, warnings } = await search(
    [await put(BEES, 'text/plain')],
    'quantum chromodynamics',
  );
  expect(passages.map(({ text }) => text)).toEqual([BEES]);
  expect(warnings.map(({ code }) => code)).toEqual(['DocumentsOffTopic']);
});

/** Three thoughts each, and a question for each that words it otherwise. */
const EAST: [string, string[], string[]][] = [
  [
    'zh-CN',
    [
      '蜜蜂从花朵中采集花蜜，并把它带回蜂巢。',
      '最早的船是用空心的树干做成的。',
      '火山喷发时，炽热的岩浆从地下涌出。',
    ],
    ['请做一个关于蜜蜂如何酿蜜的视频', '古代的船是怎么造的？', '什么是岩浆'],
  ],
  [
    'ja-JP',
    [
      'ミツバチは花の蜜を集めて巣に持ち帰ります。',
      '最初の船は木の幹をくりぬいて作られました。',
      '火山が噴火すると、地下から溶岩が流れ出します。',
    ],
    [
      'ミツバチについての動画を作ってください',
      '昔の船はどうやって作られたのか',
      '溶岩とは何ですか',
    ],
  ],
  [
    'th-TH',
    [
      'ผึ้งเก็บน้ำหวานจากดอกไม้และนำกลับไปยังรัง',
      'เรือลำแรกทำจากลำต้นไม้ที่ขุดให้กลวง',
      'เมื่อภูเขาไฟระเบิด ลาวาร้อนจะไหลออกมาจากใต้ดิน',
    ],
    ['ทำวิดีโอเกี่ยวกับผึ้ง', 'เรือสมัยก่อนทำอย่างไร', 'ภูเขาไฟคืออะไร'],
  ],
  [
    'ko-KR',
    [
      '꿀벌은 꽃에서 꿀을 모아 벌집으로 가져옵니다.',
      '최초의 배는 속을 파낸 나무줄기로 만들어졌습니다.',
      '화산이 폭발하면 땅속에서 용암이 흘러나옵니다.',
    ],
    ['꿀벌에 대한 영상을 만들어 주세요', '옛날 배는 나무줄기로 만들었나요?', '용암이란 무엇인가'],
  ],
];

test.each(EAST)(
  'in %s every question finds its thought first',
  async (language, thoughts, questions) => {
    const content = await put(thoughts.join('\n\n'), 'text/plain');
    for (const [at, question] of questions.entries()) {
      const { passages, warnings } = await search([content], question, { language, characters: 1 });
      expect(passages.map(({ text }) => text)).toEqual([thoughts[at]]);
      expect(warnings).toEqual([]);
    }
  },
);

test('between sentences without spaces none is put in', async () => {
  const text = '蜜蜂从花朵中采集花蜜。它们把它带回蜂巢。';
  expect(passagesOf(text, 'zh-CN')).toEqual([text]);
});

test('a document is read once, and its words are only data', async () => {
  const hostile = `'); DROP TABLE jobs; -- & | ! <-> :* It's a trap for databases.`;
  const content = await put(hostile, 'text/plain');
  const first = await search([content], hostile);
  const { count } = await at.database.passage.updateMany({
    data: { text: 'Kept as it was read.' },
  });
  expect(count).toBe(first.passages.length);
  expect((await search([content], 'kept')).passages[0]?.text).toBe('Kept as it was read.');
});

test('what holds nothing, cannot be read or is gone is told as that', async () => {
  const broken = await put('%PDF-1.7 nothing of the sort', 'application/pdf');
  const empty = await put('<p>', 'text/html');
  const gone = { sha256: 'a'.repeat(64), bytes: 1, mediaType: 'text/plain' };
  const codes = [];
  for (const content of [broken, empty, gone]) {
    codes.push(await search([content], 'x').catch(({ code }: { code: string }) => code));
  }
  expect(codes).toEqual(['AssetInvalid', 'AssetInvalid', 'ArtifactGone']);
});

test('a set page gives its paragraphs: headings, notes and page numbers are left out, parted words joined', () => {
  const set = (y: number, text: string, size = 10) => ({ y, text, size });
  const lines = [
    set(800, 'On bees', 18),
    set(770, 'Bees dance to show the way'),
    set(758, 'to their neigh-'),
    set(746, 'bours.'),
    set(700, 'A queen lays eggs.'),
    set(40, '12', 7),
    { y: 0, text: '', size: 0 },
    set(800, 'Drones do not work.'),
  ];
  expect(runningText(lines)).toBe(
    'Bees dance to show the way\nto their neighbours.\n\nA queen lays eggs.\n\nDrones do not work.',
  );
  expect(runningText([])).toBe('');
});

test('a page that is nested without end is read in moments', () => {
  const started = performance.now();
  expect(htmlText('<div>'.repeat(50_000) + 'Deep down.')).toContain('Deep down.');
  expect(performance.now() - started).toBeLessThan(5_000);
});

test('passages are whole sentences of their text, in its order', () => {
  fc.assert(
    fc.property(fc.lorem({ maxCount: 60, mode: 'sentences' }), (text) => {
      expect(passagesOf(text, 'en').join(' ')).toBe(text.replaceAll(/\s+/g, ' ').trim());
    }),
    { numRuns: 50 },
  );
});
