import type { Synset } from '../dictionary/synset.js';
import { isMassNoun } from './mass-nouns.js';
import { withArticle } from './words.js';

/** A definition that can follow "is", "are" or a colon. */
export interface Definition {
  text: string;
  /** It names several things ("flightless birds of …"), so it can follow "are" only. */
  isPlural: boolean;
  /** Its head noun, lower case ("beverage"). */
  head: string;
}

const DETERMINED =
  /^(?:a|an|the|any|some|someone|somebody|something|anyone|anything|one|that|those|these|each|every|either|two|three|four|five|all|several|many|numerous|various|most|no|\p{Lu}[\p{L}]*['’]s|what|whatever|whoever|his|her|its|their|our)\b/iu;

/** Beginnings that are no noun phrase: participles, prepositions, remarks about the word. */
const NOT_A_NOUN_PHRASE =
  /^(?:of|in|on|at|by|for|from|with|to|used|worn|having|being|comprising|consisting|pertaining|relating|including|informal|formal|term|terms|name|names|when|where|how|if|as|not|usually|often|sometimes|especially|same|denoting|designating|characterized|made|found|given|formerly|extremely|very|type genus|type species|genus|genera|family|families|order|class|abbreviation|slang|trade name|trademark|it|they|he|she|there|who|which|because|while|resembling|like)\b/i;

/** A whole statement instead of a definition ("the third pillar of Islam is fasting"). */
const STATEMENT =
  /^(?:(?!\b(?:that|which|who|whom|whose|where|when|what|as|if|while|because|how)\b).)* (?:is|are|was|were) |\bthat (?:is|are|was) [^,]+ (?:can|may|will|must) be\b/;

/** What brackets left behind when they were taken out. */
const UNFINISHED =
  /\b(?:of|in|to|for|with|by|at|on|from|an?|the|and|or|as|into|that|which|including|especially|usually|such)$/;

/** "located in …", "fitted with …". */
const PARTICIPLE_FIRST = /^\w+(?:ed|ing) (?:in|on|at|by|with|from|to|of|for|as|into)\b/;

const HEAD_ENDS =
  /^(?:of|in|for|with|on|at|by|from|to|that|which|who|whose|where|when|used|made|having|being|as|and|or|but|consisting|characterized|containing|produced|caused|found|formed|given|done|between|during|into|against|than|worn|usually|especially|often|not|without|about|upon|like|under|over|after|through|native|resembling|living|including|due|such|so|near|within|among|around|along|across|until|before|since|while|because|if|is|are|was|were|has|have|can|may|will|being|comprising|capable|similar|related|typical|either|located|held|worn|set|kept|built|grown|born|known|called|noted|based|visible|available|present|able|ready|useful|suitable|common|peculiar|characteristic|equal|subject|free|full|rich|necessary|responsible|associated|growing|prized|cultivated|raised|kept|aimed|believed|thought|said|intended|designed|devoted|concerned|involving|involved|leading|regarded|considered|connected|attached|just|only|mainly|chiefly|primarily|mostly|usually|generally|often|also|both|neither|how|why|what|whether|whom|against|toward|towards|via|per|throughout|beyond|above|below|beneath|behind|beside|outside|inside|off|out|up|down|except|despite|according|regardless)$/;

const COUNTED_FOODS =
  /^(?:pie|cake|cookie|biscuit|roll|bun|loaf|sandwich|dish|nut|bean|sausage|dumpling|pancake|pastry|tart|omelet|fruit|vegetable|berry|confection|dessert|drink|beverage|cocktail|casserole|stew|pudding|herb|root|tuber|seed|candy bar|meal|course|snack|appetizer|doughnut|wafer|cracker|melon|apple|orange|mixture|ball|slice|piece|cut|liqueur|foodstuff|ingredient|bagel|muffin|pizza|cutlet|spread|strip|portion|topping|filling)$/;

const COUNTED_FIELDS = new Set<Synset['field']>([
  'animal',
  'artifact',
  'body',
  'location',
  'object',
  'person',
  'plant',
  'shape',
  'group',
  'event',
  'time',
  'quantity',
]);

/** The synset's definition as a noun phrase with its article; undefined where it is none. */
export function definitionOf(synset: Synset): Definition | undefined {
  const colon = synset.definition.search(/: /);
  const text = tidy(colon > 12 ? synset.definition.slice(0, colon) : synset.definition);
  if (
    STATEMENT.test(text) ||
    UNFINISHED.test(text) ||
    text.length < 12 ||
    NOT_A_NOUN_PHRASE.test(text) ||
    /[`[\]()“”=]|\bi\b|, and$/.test(text)
  ) {
    return undefined;
  }
  if (DETERMINED.test(text)) return determined(text);
  const head = headOf(text, synset.field);
  if (!head || head.endsWith('ly') || PARTICIPLE_FIRST.test(text)) return undefined;
  if (looksPlural(head)) return { text, isPlural: true, head };
  if (takesArticle(head, synset.field)) return { text: withArticle(text), isPlural: false, head };
  return { text, isPlural: false, head };
}

function determined(text: string): Definition {
  const many = /^(?:any|some) of (?:the )?(numerous|several|various|many) (.*)$/i.exec(text);
  const shaped = many ? `one of ${many[1] === 'various' ? 'various' : many[1]} ${many[2]}` : text;
  const head = headOf(shaped.replace(/^(?:a|an|the|any|one of (?:the )?\w+) /i, '')) ?? '';
  const isPlural =
    /^(?:those|these|two|three|four|five|all|several|many|numerous|various|most) /i.test(shaped) ||
    (shaped.startsWith('the ') && looksPlural(head));
  return { text: shaped, isPlural, head };
}

/** The last word of the noun phrase that a definition begins with. */
export function headOf(text: string, field: Synset['field'] = 'top'): string | undefined {
  const words = text.toLowerCase().split(/\s+/).slice(0, 12);
  let head: string | undefined;
  for (const [at, raw] of words.entries()) {
    const word = raw.replace(/[,:;]$/, '');
    if (/^(?:and|or)$/.test(word)) return secondHead(words.slice(at + 1)) ?? head;
    if (HEAD_ENDS.test(word) || (head && endsPhrase(word, words[at + 1], field))) break;
    head = word;
    if (raw !== word) break;
  }
  return head;
}

/** "social or solitary insects": the head is what follows, if that is a plural. */
function secondHead(words: readonly string[]): string | undefined {
  const head = words.length > 0 ? headOf(words.join(' ')) : undefined;
  return head !== undefined && looksPlural(head) ? head : undefined;
}

/** A participle begins a clause ("moth infesting plants"), a gerund may be the head ("bicycle racing"). */
function endsPhrase(word: string, next: string | undefined, field: Synset['field']): boolean {
  if (word.endsWith('ed')) return true;
  if (!word.endsWith('ing')) return false;
  if (['animal', 'plant', 'person', 'artifact', 'object', 'body'].includes(field)) return true;
  return next !== undefined && !HEAD_ENDS.test(next.replace(/[,:;]$/, ''));
}

/** By its ending; glosses hold few plurals of other shapes. */
export function looksPlural(noun: string): boolean {
  if (
    /(?:people|algae|bacteria|fungi|larvae|children|men|women|teeth|feet|mice|cattle)$/.test(noun)
  )
    return true;
  return (
    /[^s]s$/.test(noun) &&
    !/(?:us|is|ics|news|gas|lens|series|species|ss|mess|chaos|ethos|pathos|bias|canvas|atlas)$/.test(
      noun,
    )
  );
}

/** Heads that are counted in whatever field they stand. */
const COUNTED_HEADS =
  /^(?:discipline|system|theory|method|field|branch|technique|process|form|type|kind|style|genre|game|sport|dance|language|doctrine|belief|religion|movement|school|period|series|group|set|unit|measure|procedure|device|disease|disorder|condition|state|feeling|quality|trait|tendency|attitude|emotion|sound|color|pattern|number|sum|amount|change|reaction|phenomenon|force|wave|plan|rule|principle|law|idea|concept|word|name|symbol|sign|story|song|poem|book|work|event|journey|meeting|contest|attempt|effort|skill|job|occupation|service|ceremony|custom|habit|gift|payment|document|agreement|right|duty|crime|attack|battle|war|day|year|season|place|position|relation|point|line|area|surface|shape|member|person)$/;

function takesArticle(head: string, field: Synset['field']): boolean {
  if (COUNTED_HEADS.test(head) && field !== 'food') return true;
  if (field === 'food') return COUNTED_FOODS.test(head);
  if (field === 'substance')
    return /^(?:mineral|element|compound|metal|gas|mixture|alloy|drug|substance|rock|pigment|hormone|protein|enzyme|acid|salt|dye)$/.test(
      head,
    );
  return COUNTED_FIELDS.has(field) && !isMassNoun(head);
}

function tidy(text: string): string {
  return text
    .replace(
      /^(?:the )?(act|state|quality|process|activity|property) of (?=\w+ing\b|being\b)/,
      'the $1 of ',
    )
    .replace(/ {2,}/g, ' ')
    .trim();
}
