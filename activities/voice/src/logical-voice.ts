import type { VoiceSpec } from '@aura/proto';
import { canonicalLanguage, languageName, sameLanguage } from './language.js';
import type { VoiceWish } from './voice-provider.js';

export interface UnderstoodVoice {
  wish: VoiceWish;
  /** What could not be followed, for users; completed by who speaks instead. */
  remarks: string[];
  /** The name is no logical voice: it may be a provider's own, or another vendor's. */
  isForeign: boolean;
}

/**
 * Understands a voice's name: `<language>-narrator-f|m`, `<language>-Neural` and its like, names of Azure,
 * Google, ElevenLabs and OpenAI (their sex is known, their sound is not here), or empty for the language's
 * narrator. The text's language wins over the voice's; the voice's region decides the accent where the
 * language is the same. Errors: InvalidInput:language.
 */
export function understandVoice({ voiceId, language }: VoiceSpec): UnderstoodVoice {
  const name = Array.from(voiceId.replaceAll(/\p{Cc}/gu, '').trim())
    .slice(0, 80)
    .join('');
  const { tag, rest } = splitTag(name);
  const spoken = canonicalLanguage(language || tag || '');
  const remarks: string[] = [];
  let accent = spoken;
  if (tag !== undefined && sameLanguage(tag, spoken)) {
    accent = new Intl.Locale(tag).region ? tag : spoken;
  } else if (tag !== undefined) {
    remarks.push(
      `The voice “${name}” speaks ${languageName(tag)}, the text is ${languageName(spoken)}.`,
    );
  }
  const logical = LOGICAL.exec(rest)?.groups;
  const isForeign = name !== '' && !logical;
  const gender = logical ? genderOfLetter(logical['gender']) : genderOfName(rest);
  return { wish: { language: accent, gender, name }, remarks, isForeign };
}

/** What follows the language in a logical voice; without a sex the narrator is a woman. */
const LOGICAL = /^(?:narrator(?:-(?<gender>f|m|female|male))?|neural|standard|default|)$/iu;

const TAG =
  /^(?<tag>[a-z]{2,3}(?:-[a-z]{4}(?=-|$))?(?:-(?:[a-z]{2}|\d{3})(?=-|$))?)(?:-(?<rest>.*))?$/iu;

function splitTag(name: string): { tag?: string; rest: string } {
  const groups = TAG.exec(name)?.groups;
  const tag = groups?.['tag'];
  // "Ash", "Bob" and "slt" have the form of a language but are names.
  const isName =
    tag === undefined || (groups?.['rest'] === undefined && !/^[a-z]{2}(?:-|$)/u.test(name));
  if (isName) return { rest: name };
  return { tag: canonicalLanguage(tag), rest: groups?.['rest'] ?? '' };
}

function genderOfLetter(letter = 'f'): 'f' | 'm' {
  return /^m/iu.test(letter) ? 'm' : 'f';
}

/** Well-known men among other vendors' voices; every other name gets a woman's voice. */
const MEN = new Set(
  (
    'adam antoni arnold bill brian callum charlie chris clyde daniel dave drew eric ethan fin george giovanni harry ' +
    'james jeremy joseph josh liam michael patrick paul roger sam thomas will ' +
    'ash ballad echo fable onyx verse cedar ' +
    'andrew brandon christopher davis guy jacob jason ryan steffan tony william conrad florian henri ' +
    'alvaro jorge diego giuseppe antonio keita yunxi yunjian yunyang injoon dmitry madhur hamed'
  ).split(' '),
);

function genderOfName(name: string): 'f' | 'm' {
  const words = name.toLowerCase().match(/[a-z\d]+/gu) ?? [];
  const bare = words.map((word) => word.replace(/(?:multilingual|turbo)*neural$/u, ''));
  const isMan = bare.some(
    (word) => MEN.has(word) || word === 'male' || word === 'man' || word === 'm',
  );
  return isMan ? 'm' : 'f';
}
