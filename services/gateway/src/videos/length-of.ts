import { FILM_BOUNDS } from '@aura/proto';
import type { GenerateRequest } from './generate-request.js';
import { durationIn, FILM, LENGTH } from './length-words.js';

/**
 * The length in milliseconds of the film that a brief asks for ("a 30 second video about …", "ein Film von zwei
 * Minuten"), in English, German, French or Spanish. Undefined where it asks for none: times of which a text tells
 * ("the flight took 8 minutes") are no lengths of films. Pure.
 */
export function lengthOf(brief: string): number | undefined {
  const sentences = sentencesOf(brief.slice(0, ENOUGH_CHARACTERS));
  const at = sentences.slice(0, OPENING_SENTENCES).findIndex(isRequest);
  const request = sentences[at];
  if (request === undefined) return undefined;
  const after = sentences.slice(at + 1, at + 1 + MORE_SENTENCES);
  return lengthInRequest(request) ?? after.map(lengthInRemark).find((ms) => ms !== undefined);
}

/**
 * The length in milliseconds that a request asks for: its durationMinutes, else what its brief says, within what a film
 * may last. Undefined where neither says one, and where the film is as long as its own script or timeline. Pure.
 */
export function askedMs({
  brief,
  durationMinutes,
  script,
  timeline,
}: Pick<GenerateRequest, 'brief' | 'durationMinutes' | 'script' | 'timeline'>): number | undefined {
  const isOwn = script != null || timeline != null;
  const ms = durationMinutes == null ? !isOwn && lengthOf(brief ?? '') : durationMinutes * 60_000;
  return ms ? withinBounds(ms) : undefined;
}

/** 0.083 minutes mean 5 s, though they are 4.98 s. */
export function withinBounds(ms: number): number {
  return Math.min(FILM_BOUNDS.maxDurationMs, Math.max(FILM_BOUNDS.minDurationMs, Math.round(ms)));
}

/** A request stands at the beginning, and what it says of its film soon after it. */
const ENOUGH_CHARACTERS = 2_000;
const OPENING_SENTENCES = 2;
const MORE_SENTENCES = 4;

function sentencesOf(text: string): string[] {
  return text
    .normalize('NFC')
    .split(/(?<=[.!?])\s+|\n+/)
    .map((sentence) => sentence.trim().replace(/[.!?]+$/, ''))
    .filter((sentence) => sentence !== '');
}

const NO_LETTER_BEFORE = String.raw`(?<![\p{L}\p{N}])`;
const NO_LETTER_AFTER = String.raw`(?![\p{L}\p{N}])`;

const POLITE = 'please|kindly|hi|hey|hello|ok|okay|so|bitte|hallo|bonjour|hola|por favor';
const OPENERS = [
  'create|make|generate|produce|write|build|prepare|record|give|show|film|shoot|design|craft|draft|do|compose|develop|tell',
  "i want|i need|we want|we need|i(?:[’']d| would) (?:like|love)|we(?:[’']d| would) (?:like|love)|(?:can|could|would|will) you|let(?:[’']s| us)",
  'erstell(?:e|en|t)?|mach(?:e|en|t)?|produzier(?:e|en|t)|generier(?:e|en|t)|dreh(?:e|en|t)?|schreib(?:e|en|t)?|gib|zeig(?:e|en)?',
  '(?:ich|wir) (?:möchten?|will|wollen|brauchen?|hätten?|wünschen?)|(?:kannst|könntest) du|(?:können|könnten) sie',
  'cré(?:e|ez|er)|fais|faites|faire|réalis(?:e|ez|er)|génér(?:ez|er)|génère|produi(?:s|sez|re)|prépar(?:e|ez|er)|tourne[rz]?',
  "je (?:veux|voudrais)|nous (?:voulons|voudrions)|j[’'](?:aimerais|ai besoin)|peux-tu|pouvez-vous|pourrais-tu|pourriez-vous",
  'cre(?:a|e|ad|ar)(?:me)?|haz(?:me)?|haga|haced|hacer|gener(?:a|e|ar)(?:me)?|produ(?:ce|cir|zca)|prepar(?:a|e|ar)(?:me)?|graba(?:r|me)?',
  'quiero|queremos|quisiera|necesito|necesitamos|me gustaría|(?:puedes|podrías|podría)',
].join('|');
const OPENING = pattern(
  `^(?:(?:${POLITE})[,!]?\\s+)*(?:(?:${OPENERS})${NO_LETTER_AFTER}|(?:(?:a|an|one|ein(?:e|en)?|une?)\\s+)?(?:${LENGTH}|${FILM})${NO_LETTER_AFTER})`,
);
const ABOUT = pattern(
  `${NO_LETTER_BEFORE}(?:about(?!\\s+${LENGTH})|on|explaining|showing|titled|called|über|zum thema|sur|à propos|sobre|acerca)${NO_LETTER_AFTER}|:`,
);
const ANY_FILM = pattern(`${NO_LETTER_BEFORE}${FILM}${NO_LETTER_AFTER}`);

/** "Create a film …", "I want a film …", or a film without a verb: "A 2 minute film about …". */
function isRequest(sentence: string): boolean {
  if (!OPENING.test(sentence)) return false;
  const { head, topic } = halves(sentence);
  const isAsked = pattern(`^(?:(?:${POLITE})[,!]?\\s+)*(?:${OPENERS})${NO_LETTER_AFTER}`).test(
    head,
  );
  return ANY_FILM.test(head) && (isAsked || topic !== '');
}

/** What says which film is wanted, and what it is about. */
function halves(sentence: string): { head: string; topic: string } {
  const about = ABOUT.exec(sentence);
  if (!about) return { head: sentence, topic: '' };
  return { head: sentence.slice(0, about.index), topic: sentence.slice(about.index) };
}

const NEARLY =
  '(?:(?:about|around|roughly|approximately|exactly|under|at most|up to|max(?:imum)?|of|ca\\.?|circa|etwa|ungefähr|rund|höchstens|maximal|unter|environ|moins de|de|unos|unas|aproximadamente|menos de)\\s+)*';
const LONG = '(?:[\\s-]+(?:long|lang(?:e[rsnm]?)?|de long|de largo|max(?:imum)?))?';
const NO_LINK =
  '(?!(?:of|for|about|on|in|to|at|from|with|by|and|or|von|für|über|zu|mit|und|de|sur|pour|avec|et|sobre|para|con|y)[\\s,])';
const BEFORE_FILM = pattern(
  `${NO_LETTER_BEFORE}(?<length>${LENGTH})${LONG}[\\s,-]+(?:${NO_LINK}[\\p{L}\\p{N}:’'-]+[\\s,]+){0,4}?${FILM}${NO_LETTER_AFTER}`,
);
const LASTING =
  "of|lasting|that lasts|which lasts|with a (?:length|duration) of|von|mit einer (?:länge|dauer) von|mit|de|d[’']une durée de|qui dure|à|con una duración de|que dure|in";
const ENDS =
  '(?=\\s*(?:$|[,;:().–—-]|(?:for|in|with|that|which|as|für|auf|mit|in|das|der|erstellen|machen|pour|en|avec|qui|para|con|que)[\\s]))';
const AFTER_FILM = pattern(
  `${NO_LETTER_BEFORE}${FILM}(?:\\s*[,;(–—-]\\s*|\\s+)(?:(?:${LASTING})\\s+|d[’'])?${NEARLY}(?<length>${LENGTH})${NO_LETTER_AFTER}${LONG}${ENDS}`,
);
const AT_END = pattern(
  `(?:[,;(–—]\\s*|\\s-\\s)(?:(?:${LASTING})\\s+)?${NEARLY}(?<length>${LENGTH})${NO_LETTER_AFTER}${LONG}\\)?$`,
);

function lengthInRequest(sentence: string): number | undefined {
  const { head, topic } = halves(sentence);
  const found = BEFORE_FILM.exec(head) ?? AFTER_FILM.exec(head.trim()) ?? AT_END.exec(topic);
  return durationIn(found?.groups?.['length']);
}

const SUBJECT =
  '(?:it|the (?:video|film|clip)|es|er|das video|der (?:film|clip)|elle|il|la vidéo|le film|el v[ií]deo|la película)';
const DUTY = 'should|must|has to|may|can|soll(?:te)?|darf|muss|doit|devrait|debe|debería|tiene que';
const REMARK = pattern(
  `^(?:${SUBJECT}\\s+(?:${DUTY})\\s+(?:(?:be|last|take|run|durer|durar)\\s+)?|(?:make|keep) it\\s+(?:to\\s+|at\\s+)?|(?:debe|debería|tiene que) durar\\s+|(?:(?:video|film)[\\s-]*)?(?:length|duration|runtime|länge|dauer|durée|duración)\\s*[:=]\\s*)${NEARLY}(?<length>${LENGTH})${NO_LETTER_AFTER}${LONG}(?:\\s+(?:dauern|lang sein))?$`,
);

/** "It should last 30 seconds", "Length: 2 min", after a request. */
function lengthInRemark(sentence: string): number | undefined {
  return durationIn(REMARK.exec(sentence)?.groups?.['length']);
}

function pattern(source: string): RegExp {
  return new RegExp(source, 'iu');
}
