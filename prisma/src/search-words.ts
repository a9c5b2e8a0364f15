/**
 * The words of a text as full text search finds them, in writing that puts no spaces between words or ties endings to
 * them: those that Unicode's dictionaries find; of Chinese characters also each two neighbours, so that what is cut
 * otherwise in the question is found all the same; of Korean words also what is left without their endings. Words that
 * only join others are left out. Empty for a text in other letters, which PostgreSQL takes apart by itself. Pure.
 */
export function searchWords(text: string): string {
  if (!DENSE.test(text)) return '';
  const words = Array.from(SEGMENTER.segment(text.normalize('NFC')))
    .filter(({ isWordLike, segment }) => isWordLike && !JOINTS.has(segment))
    .map(({ segment }) => segment.toLowerCase());
  return [...words, ...words.flatMap(stemsOf), ...pairsIn(text)].join(' ');
}

const DENSE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** Dictionaries are chosen by letters, whatever the language that is named here. */
const SEGMENTER = new Intl.Segmenter('ja', { granularity: 'word' });

/** Endings have one syllable or two. */
function stemsOf(word: string): string[] {
  if (!/^\p{Script=Hangul}{3,}$/u.test(word)) return [];
  const syllables = Array.from(word);
  return [1, 2]
    .map((ending) => syllables.slice(0, -ending).join(''))
    .filter((stem) => Array.from(stem).length >= 2);
}

function pairsIn(text: string): string[] {
  return (text.match(/\p{Script=Han}{2,}/gu) ?? []).flatMap((run) => {
    const letters = Array.from(run);
    return letters.slice(1).map((letter, at) => `${letters[at]}${letter}`);
  });
}

/** Chinese, Japanese, Thai; and what requests for films say in these and in Korean. */
const JOINTS = new Set(
  (
    '的 了 是 在 和 与 及 或 也 都 就 而 并 把 被 从 对 为 以 中 上 下 里 有 不 这 那 它 他 她 我 你 们 我们 他们 个 一个 什么 如何 怎么 为什么 关于 ' +
    'は が を に へ と で の も や か ね よ て た だ な から まで より です ます でし まし する し い れ ある いる こと もの これ それ この その という について ' +
    'ที่ และ เป็น การ ของ ใน จาก ไป มา ได้ ให้ กับ ก็ จะ ว่า มี ไม่ นี้ นั้น อยู่ ความ ซึ่ง หรือ โดย คือ แต่ เพื่อ ถึง อะไร ทำไม อย่างไร เกี่ยว กับ ' +
    '请 做 制作 视频 影片 作っ 作り ください 動画 ビデオ 映像 ทำ สร้าง วิดีโอ 만들어 주세요 영상 비디오 동영상 대한'
  ).split(' '),
);
