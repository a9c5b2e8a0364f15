import { ARABIC } from './ar.js';
import { GERMAN } from './de.js';
import { GREEK } from './el.js';
import { SPANISH } from './es.js';
import { FRENCH } from './fr.js';
import { HEBREW } from './he.js';
import { HINDI } from './hi.js';
import { ITALIAN } from './it.js';
import { JAPANESE } from './ja.js';
import { KOREAN } from './ko.js';
import { DUTCH } from './nl.js';
import type { LanguagePack } from './pack.js';
import { POLISH } from './pl.js';
import { PORTUGUESE } from './pt.js';
import { RUSSIAN } from './ru.js';
import { TURKISH } from './tr.js';
import { UKRAINIAN } from './uk.js';
import { CHINESE } from './zh.js';

/** Languages besides English that we have texts of our own in. */
export const PACKS: readonly LanguagePack[] = [
  GERMAN,
  FRENCH,
  SPANISH,
  ITALIAN,
  PORTUGUESE,
  DUTCH,
  POLISH,
  RUSSIAN,
  UKRAINIAN,
  GREEK,
  TURKISH,
  ARABIC,
  HEBREW,
  HINDI,
  CHINESE,
  JAPANESE,
  KOREAN,
];

export function packFor(language: string): LanguagePack | undefined {
  return PACKS.find((pack) => pack.language === language);
}
