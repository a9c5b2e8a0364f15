import { cleanText } from '../text/clean-text.js';

/** What stands in texts of language models and cannot be read aloud, with the word for it in faults. */
export type Unspeakable = 'markdown' | 'stage directions' | 'speaker labels' | 'links' | 'emoji';

const MARKDOWN = [
  /\*\*|__(?=\S)|~~|`/u,
  /^\s{0,3}#{1,6}\s+\S/mu,
  /^\s{0,3}(?:[-*+•‣▪]|\d{1,2}[.)])\s+\S.*\n\s{0,3}(?:[-*+•‣▪]|\d{1,2}[.)])\s/mu,
  /^\s{0,3}[-*+•‣▪]\s+\S/u,
  /^\s{0,3}>\s/mu,
  /\[[^\]\n]{1,200}\]\([^)\n]{0,500}\)/u,
  /^\s*\|.*\|\s*$/mu,
  /(?<![\p{L}\p{N}*])\*(?=\S)[^*\n]{1,200}(?<=\S)\*(?![\p{L}\p{N}*])/u,
  /<\/?[a-z][^<>]{0,200}>/iu,
];

/** Words of the cutting room, in the languages that scripts are made in; beginnings of words count too. */
const CUES =
  'pause[sd]?|music|sfx|sound effects?|voice.?over|narrator|laugh(?:s|ing|ter)|sigh(?:s|ing)|whisper(?:s|ing)|applause|fade[sd]?|cut to|zoom|camera|b-?roll|close.?up|on.?screen|upbeat|softly|gasps?|clears throat|dramatic(?:ally)? (?:pause|music|sound)|' +
  'musik|sprecher|lacht|seufzt|flüstert|kamera|schnitt auf|einblendung|' +
  'musique|narrateur|rires|soupir|caméra|voix off|' +
  'música|pausa|narrador|risas|suspira|cámara|câmera|voz en off|' +
  'musica|narratore|risate|sospira|' +
  'muzyka|pauza|müzik|sessizlik|anlatıcı|' +
  'музыка|пауза|диктор|смеется|смех|камера|музика|тиша|' +
  'موسيقى|الراوي|كاميرا|מוזיקה|קריין|संगीत|विराम';
/** Of languages that put no space between words. */
const DENSE_CUES = '音乐|停顿|旁白|镜头|画面|音楽|ナレーター|映像|音效|음악|내레이터|화면';
/** These only where nothing else stands between the parentheses. */
const LONE_CUES =
  'beat|silence|stille|silencio|silenzio|cisza|cut|shot|text|visual|image|intro|outro|間|画面|映像|화면|침묵';

const CUE_IN_PARENTHESES = new RegExp(
  String.raw`[(（]\s*(?:${[
    String.raw`(?:${LONE_CUES})\s*`,
    String.raw`(?:${CUES})(?!\p{L})[^()（）\n]{0,120}`,
    String.raw`[^()（）\n]{0,40}\s(?:${CUES})(?:\s[^()（）\n]{0,40})?`,
    String.raw`(?:${DENSE_CUES})[^()（）\n]{0,60}`,
  ].join('|')})[)）]`,
  'giu',
);
/** Nothing that is spoken stands in square brackets; figures in them are notes to sources. */
const IN_BRACKETS = /[[【〔][^\][【】〔〕\n]{0,200}[\]】〕](?!\()/gu;
const CUE_IN_STARS = /(?<![\p{L}\p{N}*])\*(?!\*)[^*\n]{1,80}\*(?![\p{L}\p{N}*])/gu;
const CUE_LINE =
  /^\s*(?:cut to|fade (?:in|out|to)|smash cut|dissolve to|int\.|ext\.|sfx|music|b-?roll|visual|on.?screen(?: text)?)\s*[:.\-–—].*$/gimu;

/** At the beginning of a line or after a sentence. */
const LABEL =
  /(?:^\s*|(?<=[.!?…。！？]["”’»)]?)\s+)(?:[*_]{0,2})(?:narrator|narration|speaker|host|voice.?over|v\.?o\.?|presenter|hook|closing|intro|outro|scene\s*\d*|title|sprecher(?:in)?|erzähler(?:in)?|narrateur|narratrice|narrador[ae]?|narratore|narratrice|narrator|anlatıcı|диктор|рассказчик|ведущий|диктор|الراوي|קריין|旁白|ナレーター|ナレーション|내레이터|해설)(?:[*_]{0,2})\s*[:：](?:[*_]{0,2})\s*/gimu;

const LINK =
  /(?:https?|ftp|file|data|javascript):[^\s<>"，。]{2,500}|\bwww\.[^\s<>"]{2,500}|\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}\b|\b(?:[a-z0-9-]{1,63}\.){1,4}(?:com|org|net|io|dev|gov|edu|info|app|ai|co\.uk|de|fr|ru|cn|jp)(?:\/[^\s<>"]{0,300})?(?![\p{L}\p{N}])/giu;

const EMOJI = /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}/gu;
/** Signs that count as pictures and are spoken all the same. */
const SPOKEN_SIGNS = /[©®™\d#*↔↕]/u;

/** What in a text cannot be read aloud. Pure; linear in the text's length. */
export function unspeakableIn(text: string): Unspeakable[] {
  const found: [Unspeakable, boolean][] = [
    ['markdown', MARKDOWN.some((pattern) => pattern.test(text))],
    [
      'stage directions',
      [CUE_IN_PARENTHESES, IN_BRACKETS, CUE_LINE].some((cue) => matches(cue, text)),
    ],
    ['speaker labels', matches(LABEL, text)],
    ['links', matches(LINK, text)],
    ['emoji', (text.match(EMOJI) ?? []).some((sign) => !SPOKEN_SIGNS.test(sign))],
  ];
  return found.flatMap(([what, isThere]) => (isThere ? [what] : []));
}

/** The same text without what cannot be read aloud, in one line; empty where nothing is left. Idempotent. */
export function speakable(text: string): string {
  let plain = pass(text);
  // What was taken out may have joined the halves of something else; each round makes the text shorter.
  for (let round = 0; round < 4; round += 1) {
    const next = pass(plain);
    if (next === plain) break;
    plain = next;
  }
  return plain;
}

function pass(text: string): string {
  const bare = withoutHeadings(text.replace(/\r\n?/g, '\n'))
    .replace(/\[([^\]\n]{1,200})\]\([^)\n]{0,500}\)/g, '$1')
    .replace(CUE_LINE, ' ')
    .replace(CUE_IN_PARENTHESES, ' ')
    .replace(IN_BRACKETS, ' ')
    .replace(LABEL, ' ')
    .replace(/\*\*([^*\n]{1,500})\*\*/g, '$1')
    .replace(CUE_IN_STARS, starred)
    .replace(LINK, ' ')
    .replace(/^\s{0,3}(?:#{1,6}|>|[-*+•‣▪]|\d{1,2}[.)])\s+/gmu, '')
    .replace(/^\s*\|?\s*:?-{2,}.*$/gm, ' ')
    .replace(/[*`~|]+|__+/g, ' ');
  return cleanText(bare)
    .replace(/\s+/g, ' ')
    .replace(/(?:^|(?<=\s))[(（]\s*[)）]/g, '')
    .replace(/\s+([,.;:!?…])(?=\s|$)/g, '$1')
    .replace(/(?<=[。！？])\s+/gu, '')
    .trim();
}

/** A heading is no part of what is said, unless nothing else is there. */
function withoutHeadings(text: string): string {
  const rest = text.replace(/^\s{0,3}#{1,6}\s+.*$/gm, ' ');
  return /[\p{L}\p{N}]/u.test(rest) ? rest : text;
}

/** `*sighs*` is something that is done, `*never*` a word that is stressed. */
function starred(all: string): string {
  const inside = all.slice(1, -1).trim();
  return new RegExp(`^(?:${CUES})`, 'iu').test(inside) ? ' ' : inside;
}

/** Patterns with the flag g keep their place between calls; this one forgets it. */
function matches(pattern: RegExp, text: string): boolean {
  pattern.lastIndex = 0;
  const isThere = pattern.test(text);
  pattern.lastIndex = 0;
  return isThere;
}
