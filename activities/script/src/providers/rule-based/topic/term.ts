import { articleFor, plural } from '../english/words.js';

/** How a noun behaves in a sentence. */
export type Countability = 'count' | 'mass' | 'name' | 'definite' | 'plural';

/** A noun with the forms that our sentences need. */
export interface Term {
  /** The bare word ("volcano", "tea", "moon", "Roman Empire"). */
  word: string;
  /** In general ("volcanoes", "tea", "the moon", "the Roman Empire"). */
  generic: string;
  /** One of it, as the subject of a definition ("a volcano", "tea", "the moon"). */
  single: string;
  genericIsPlural: boolean;
  countability: Countability;
  /** A person: pronouns are avoided. */
  isPerson: boolean;
}

export function termOf(word: string, countability: Countability, isPerson = false): Term {
  const forms = {
    count: { generic: plural(word), single: `${articleFor(word)} ${word}` },
    mass: { generic: word, single: word },
    name: { generic: named(word), single: named(word) },
    definite: { generic: `the ${word}`, single: `the ${word}` },
    plural: { generic: word, single: word },
  }[countability];
  const genericIsPlural =
    countability === 'count' ||
    countability === 'plural' ||
    (countability === 'name' && isPluralName(word));
  return { word, ...forms, genericIsPlural, countability, isPerson };
}

const THE_OF =
  /^(?:Reign|Battle|Siege|Treaty|Peace|Fall|House|Gulf|Bay|Strait|Isle|City|Tower|Temple|Declaration|Bill|Book|Gospel|Edict|Congress|Council|Bank|Church|University|Order|Age|Feast|Garden|Gardens|Hanging Gardens|Articles|Prince|Earl) of\b|^(?:Bastille|Alhambra|Kaaba|Talmud|Torah|Iliad|Odyssey|Aeneid|Decameron)$/;
const WITH_THE =
  /\b(?:Empire|War|Wars|Revolution|Union|States|Kingdom|Republic|Renaissance|Reformation|Enlightenment|Ages?|Era|Dynasty|Crusades?|Depression|Sea|Ocean|River|Canal|Desert|Islands|Mountains|Alps|Andes|Himalayas?|Rockies|Caucasus|Sahara|Nile|Amazon|Danube|Rhine|Thames|Mississippi|Titanic|Bible|Koran|Colosseum|Parthenon|Acropolis|Kremlin|Louvre|Pentagon|Vatican|Netherlands|Philippines|Bahamas|Milky Way|Big Bang|Great Wall|Eiffel Tower|Statue|Tower|Bridge|Museum|Olympics|Olympic Games|Beatles|Internet|Peninsula|Gulf|Strait|Channel|Party|Treaty|Constitution|Holocaust|Arctic|Antarctic|Equator|Earth’s|Moon|Sun|Middle East|Far East|Near East|Mediterranean|Atlantic|Pacific|Baltic|Caribbean|Balkans|Holy Land|Orient|West Bank|Congo|Levant|Crimea|Tuileries|Riviera|Maghreb|Outback|Cold War)\b/;

/** A name as running text has it: some take "the". */
export function named(word: string): string {
  const takesThe =
    (WITH_THE.test(word) || THE_OF.test(word)) &&
    !/^(?:the|Mount|Lake|Saint|St|World War) /i.test(word);
  return takesThe ? `the ${word}` : word;
}

export function isPluralName(word: string): boolean {
  if (/^\p{Lu}\p{Ll}+[^s]s of /u.test(word)) return true;
  return /\b(?:States|Alps|Andes|Himalayas|Rockies|Islands|Mountains|Games|Olympics|Netherlands|Beatles|Crusades|Wars|Ages)$/.test(
    word,
  );
}
