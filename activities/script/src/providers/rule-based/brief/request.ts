import { styleFor, STYLES } from '../../../styles.js';
import type { Hints } from './brief-forms.js';

/** What was asked for, without the asking. */
export interface Request {
  topic: string;
  hints: Hints;
  count?: number;
}

const POLITE =
  /^(?:(?:please|kindly|hi|hey|hello|ok|okay|so)[,!]?\s+|(?:can|could|would|will) you (?:please |kindly )?|i(?:['’]d| would) (?:like|love) (?:you )?to (?:have |see |get )?|i(?:['’]d| would) (?:like|love) (?=an?\b)|i (?:want|need) (?:you to |to have |to see |to get |to make |to create )?|let(?:['’]s| us)\s+|we (?:want|need) )+/i;
const VERB =
  /^(?:create|make|generate|produce|write|build|prepare|record|give|show|film|shoot|design|craft|draft|do|compose|develop)\s+(?:me\s+|us\s+)?/i;
const TELLING =
  /^(?:tell|teach|show)\s+(?:(me|us|them|people|everyone|viewers|[a-z]+)\s+)?(?:(?:everything|all|something|more)\s+)?(?:about\s+)?|^(?:explain|describe|introduce|present|discuss|explore|cover|talk about|speak about)\s+/i;
const FILM =
  /^(?:(?:a|an|the|one|some|my|our|another)\s+)?((?:[\w'’.-]+\s+){0,8}?)(?:video|film|movie|clip|reel|documentary|tutorial|listicle|report|bulletin|story|tale|promo|trailer|teaser|advert|ad|commercial|presentation|explainer|lesson|course|episode|script|segment|broadcast|short(?! (?:\w+ )?(?:video|film|movie|clip|documentary|tutorial|story|report|presentation|explainer|lesson|tale|reel)))s?\b/i;
const LINK =
  /^[\s,:–-]*(?:(?:script|clip|film|video)\s+)?(?:in which you |where you )?(?:that |which )?(?:is |are )?(?:about|on(?= )|explaining|explains?|showing|shows?|describing|describes?|covering|covers?|introducing|introduces?|presenting|discussing|exploring|explores|telling|tells|titled|called|entitled|of(?= )|for(?= )|regarding|concerning|dedicated to|how(?= )|why(?= )|what(?= ))\s*(?:(?:the\s+)?(?:topic|subject|theme)\s+(?:of\s+)?)?[:\s]*/i;

/** "something funny about", after "make me". */
const SOMETHING = /^(?:some|any)thing\s+(?:[\w-]+\s+){0,3}?(?:about|on)\s+/i;

/** A brief in English that asks for a film; undefined where it does not ask. */
export function readRequest(sentence: string): Request | undefined {
  const plain = sentence.trim().replace(/[.!?]+$/, '');
  const asked = plain.replace(POLITE, '');
  const wanted = asked.replace(VERB, '');
  const film = FILM.exec(wanted);
  if (film) {
    const after = wanted.slice(film[0].length);
    const found = afterFilm(film[0], after);
    if (found) return found;
  }
  const thing = SOMETHING.exec(wanted);
  if (thing && wanted !== asked) return withoutTail(wanted.slice(thing[0].length));
  const told = TELLING.exec(asked);
  if (told && asked.length > told[0].length + 2 && (asked !== plain || isTelling(told[0]))) {
    const audience =
      /^(?:tell|teach|show)\s+(kids|children|beginners|students|teenagers|adults|seniors)\b/i.exec(
        asked,
      )?.[1];
    const inner = withoutTail(asked.slice(told[0].length));
    return { ...inner, hints: { ...(audience ? { audience } : {}), ...inner.hints } };
  }
  if (wanted !== asked && asked !== plain) return withoutTail(wanted);
  return undefined;
}

function isTelling(words: string): boolean {
  return /about|^(?:teach|explain|describe|introduce|present|discuss|explore)/i.test(words);
}

function afterFilm(film: string, after: string): Request | undefined {
  const named = styleIn(film);
  const lead = leadingHints(after);
  const link = LINK.exec(lead.rest);
  if (!link || lead.rest.length <= link[0].length) return undefined;
  const keepsWord = /(how|why|what)\s*$/i.exec(link[0]);
  const topic =
    (keepsWord ? `${keepsWord[1]?.toLowerCase()} ` : '') + lead.rest.slice(link[0].length);
  const inner = withoutTail(topic);
  return { ...inner, hints: { ...(named ? { style: named } : {}), ...lead.hints, ...inner.hints } };
}

function styleIn(words: string): Hints['style'] {
  const named = STYLES.find((style) =>
    new RegExp(`\\b${style === 'news' ? 'news|bulletin|report' : style}\\b`, 'i').test(words),
  );
  if (named) return named;
  const near =
    /\b(?:documentary|tutorial|listicle|news|bulletin|story|tale|promo|promotional|advert|ad|commercial|trailer|teaser|lesson|course)\b/i.exec(
      words,
    );
  return near ? styleFor(near[0]).style : undefined;
}

/** "for kids about …", "in Spanish about …" before the topic. */
function leadingHints(after: string): { rest: string; hints: Hints } {
  const audience =
    /^\s*(?:aimed at|made for|for)\s+([\p{L}' -]{3,40}?)\s+(?=about|on|explaining|showing|describing|covering|that|which|how|why)/iu.exec(
      after,
    );
  const rest = audience ? after.slice(audience[0].length) : after;
  return { rest, hints: audience?.[1] ? { audience: audience[1] } : {} };
}

const DURATION = String.raw`(?:about |around |under |at most |up to |roughly |approximately |exactly )?(?:\d+(?:[.,]\d+)?|one|two|three|four|five|six|seven|eight|nine|ten|fifteen|twenty|thirty|sixty|ninety|half an?)[\s-]*(?:and a half )?(?:seconds?|secs?|minutes?|mins?|s|m)\b(?:[\s-]+long)?`;
const TAILS: [kind: 'audience' | 'style' | 'language' | 'drop', pattern: RegExp][] = [
  [
    'drop',
    new RegExp(
      `[,;]?\\s+(?:(?:in|of|lasting|that lasts|for|with a length of|with a duration of|running)\\s+)?\\(?${DURATION}\\)?$`,
      'i',
    ),
  ],
  [
    'language',
    /[,;]?\s+in (english|german|french|spanish|italian|portuguese|dutch|polish|russian|greek|turkish|arabic|hebrew|hindi|chinese|japanese|korean)$/i,
  ],
  [
    'style',
    /[,;]?\s+(?:in (?:the |a |an )?(?:style of (?:a |an )?)?|as (?:a |an ))([\w -]{3,30}?)(?:\s+(?:style|format|tone|way|video|film))?$/i,
  ],
  [
    'audience',
    /[,;]?\s+(?:aimed at|made for|suitable for|intended for|for (?:an audience of )?)\s*((?:(?:young|small|little|school|primary school|high school|complete|absolute|total|curious|busy|new|older|university|college|medical|general|wide|broad|my|our|the) )*(?:children|kids|toddlers|pupils|students|teenagers|teens|adults|seniors|beginners|experts|professionals|engineers|developers|parents|teachers|families|customers|investors|managers|employees|colleagues|dummies|newcomers|learners|everyone|everybody|audience|public|viewers|travell?ers|tourists|gardeners|doctors|nurses|patients))$/i,
  ],
];
const LANGUAGES: Record<string, string> = {
  english: 'en',
  german: 'de',
  french: 'fr',
  spanish: 'es',
  italian: 'it',
  portuguese: 'pt',
  dutch: 'nl',
  polish: 'pl',
  russian: 'ru',
  greek: 'el',
  turkish: 'tr',
  arabic: 'ar',
  hebrew: 'he',
  hindi: 'hi',
  chinese: 'zh',
  japanese: 'ja',
  korean: 'ko',
};

/** Takes "for children", "in Spanish", "in two minutes" and such off the end of a topic. */
export function withoutTail(topic: string): Request {
  let rest = topic.trim().replace(/[.!?,;:]+$/, '');
  const hints: Hints = {};
  for (let round = 0; round < 4; round++) {
    const found = TAILS.map(([kind, pattern]) => ({ kind, match: pattern.exec(rest) })).find(
      ({ kind, match }) =>
        match !== null && match.index > 0 && (kind !== 'style' || isStyleWord(match[1] ?? '')),
    );
    if (!found?.match) break;
    rest = rest.slice(0, found.match.index).trim();
    const word = found.match[1] ?? '';
    if (found.kind === 'audience') hints.audience = word.replace(/^(?:my|our|the) /, '');
    if (found.kind === 'language') hints.language = LANGUAGES[word.toLowerCase()];
    if (found.kind === 'style') hints.style = styleFor(word).style;
  }
  return { topic: rest, hints };
}

function isStyleWord(words: string): boolean {
  return /^(?:(?:calm|short|fun|funny|engaging|simple|classic|dramatic|upbeat) )*(?:documentary|tutorial|listicle|news|news report|bulletin|story|tale|bedtime story|promo|promotional|advert|ad|commercial|trailer|lesson|narrative|educational|explainer|countdown)$/i.test(
    words.trim(),
  );
}
