/**
 * What no film says, whatever the model thinks: slurs, explicit sex, calls to violence and ways to harm. Short
 * on purpose: a film about history or medicine must be able to name things. Vendors refuse the rest themselves.
 */
const BANNED: [what: string, pattern: RegExp][] = [
  [
    'slurs',
    /\b(?:nigg(?:er|a)s?|faggots?|kikes?|spics?|chinks?|wetbacks?|trann(?:y|ies)|retards?)\b|\b(?:kanacken?|neger|schwuchteln?)\b|\b(?:bougnoules?|youpins?)\b|\b(?:пидор\p{L}*|жид(?:ы|ов)?)(?!\p{L})/iu,
  ],
  [
    'explicit content',
    /\b(?:porn(?:o|ography|ographic)?|blow ?jobs?|hand ?jobs?|cum ?shots?|gang ?bangs?|masturbat\w*|orgasms?|dildos?|cunts?|fuck\w*|motherfuck\w*)\b/iu,
  ],
  [
    'calls to violence',
    /\b(?:kill|murder|exterminate|gas|shoot|hang|lynch|bomb) (?:(?:all|every|the|those|these) ){1,3}(?:jews?|muslims?|christians?|blacks?|whites?|gays?|women|men|immigrants?|foreigners?|politicians?)\b|\bgo (?:and )?kill yourself\b/iu,
  ],
  [
    'instructions for doing harm',
    /\bhow to (?:build|make) (?:a |an )?(?:pipe )?bombs?\b|\b(?:nerve agent|sarin|ricin) (?:recipe|synthesis)\b|\bhow to (?:cook|synthesi[sz]e) meth\b/iu,
  ],
];

/** Words that a model says of itself or of its orders, and a narrator never. */
const LEAKS: [what: string, pattern: RegExp][] = [
  [
    'words about being a language model',
    /\bas an? (?:ai|artificial intelligence|large language model|language model)\b|\bi(?:['’]m| am) (?:just )?an? (?:ai|language model)\b|\bals (?:ki|sprachmodell)\b|\ben tant qu(?:['’]ia|e modèle de langage)\b|\bcomo (?:modelo de lenguaje|una ia|modelo de linguagem)\b|作为(?:一个)?(?:ai|人工智能|语言模型)|как (?:языковая модель|ии-модель)/iu,
  ],
  [
    'a refusal',
    /^\W*(?:i['’]m sorry|i am sorry|sorry|i apologi[sz]e),? (?:but )?i (?:can(?:no|['’])t|am unable|won['’]t)\b|^\W*i (?:cannot|can['’]t) (?:help|assist|create|write|provide)\b/iu,
  ],
  [
    'words about its orders',
    /\b(?:system prompt|my instructions|previous instructions|json (?:schema|object)|word count|the brief (?:says|asks|states)|placeholder text|lorem ipsum)\b|\[(?:insert|your|name|topic)\b|\{\{|\}\}/iu,
  ],
];

/** What of a text must not be spoken or shown, in words; empty where all is well. Pure. */
export function bannedIn(text: string): string[] {
  return [...BANNED, ...LEAKS].flatMap(([what, pattern]) => (pattern.test(text) ? [what] : []));
}
