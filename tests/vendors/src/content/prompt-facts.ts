/** What a prompt asks for, as far as a reader of plain words can tell. */
export interface PromptFacts {
  topic: string;
  /** ISO 639-1. */
  language: string;
  scenes: number | undefined;
  /** Of the whole script. */
  words: number | undefined;
  wordsPerScene: number | undefined;
  /** How many fit into the asked time. */
  spokenWords: number | undefined;
  /** Ids of scenes that the prompt lists, in order. */
  ids: readonly string[];
}

/** Words a minute of a calm narration. */
const WORDS_PER_MINUTE = 145;

/** Reads the order out of a prompt, whatever its wording. Pure; never throws. */
export function readPrompt(prompt: string): PromptFacts {
  const language = languageOf(prompt);
  const seconds = durationSeconds(prompt);
  const perCharacter = language === 'zh' || language === 'ja' ? 1 / 1.7 : 1 / 6;
  const characters = numberIn(prompt, [
    /(?<a>\d+) characters\b(?! (?:per|each|a|for each|in each)\b)/iu,
  ]);
  return {
    topic: topicOf(prompt),
    language,
    scenes: scenesOf(prompt),
    words:
      numberIn(prompt, WHOLE_PATTERNS) ??
      (characters === undefined ? undefined : Math.round(characters * perCharacter)),
    wordsPerScene: numberIn(prompt, SCENE_PATTERNS),
    spokenWords: seconds === undefined ? undefined : Math.round((seconds * WORDS_PER_MINUTE) / 60),
    ids: [
      ...new Set(Array.from(prompt.matchAll(ID_PATTERN), ({ groups }) => groups?.['id'] ?? '')),
    ],
  };
}

const RANGE = String.raw`(?<a>\d+)\s*(?:(?:to|-|–|and)\s*(?<b>\d+)\s*)?words`;
const SCENE_PATTERNS = [
  new RegExp(String.raw`${RANGE}\s*(?:per|each|a|for each|in each)\b`, 'iu'),
  new RegExp(String.raw`each scene[^.\n]{0,40}?${RANGE}`, 'iu'),
];
const WHOLE_PATTERNS = [
  new RegExp(
    String.raw`(?<!each scene[^.\n]{0,40})${RANGE}(?!\s*(?:per|each|a|for each|in each)\b)`,
    'iu',
  ),
  /words\W{1,4}(?<a>\d+)/iu,
];
const ID_PATTERN = /"(?:id|sceneId|scene_id)"\s*:\s*"(?<id>[\w-]{1,32})"/gu;

function scenesOf(prompt: string): number | undefined {
  return numberIn(prompt, [
    /(?:exactly|precisely)\s+(?<a>\d+)\s+(?:\w+\s+)?(?:scenes|shots|items|prompts)/iu,
    /(?<a>\d+)\s*(?:to|-|–|and)\s*(?<b>\d+)\s+(?:\w+\s+)?scenes/iu,
    /(?<a>\d+)\s+(?:\w+\s+)?(?:scenes|shots)\b/iu,
    /(?:number of scenes|scene_?count|max_?scenes|scenes)\W{1,6}(?<a>\d+)/iu,
  ]);
}

function durationSeconds(prompt: string): number | undefined {
  const ms = numberIn(prompt, [
    /duration_?ms\W{1,6}(?<a>\d+)/iu,
    /(?<a>\d{4,})\s*(?:ms|milliseconds)\b/iu,
  ]);
  if (ms !== undefined) return ms / 1000;
  const seconds = numberIn(prompt, [/(?<a>\d+)\s*(?:-\s*)?(?:seconds?|secs?|s)\b/iu]);
  if (seconds !== undefined) return seconds;
  const minutes = numberIn(prompt, [/(?<a>\d+(?:\.\d+)?)\s*(?:-\s*)?(?:minutes?|mins?)\b/iu]);
  return minutes === undefined ? undefined : minutes * 60;
}

/** The first number that fits; of a range the middle. */
function numberIn(text: string, patterns: readonly RegExp[]): number | undefined {
  for (const pattern of patterns) {
    const groups = pattern.exec(text)?.groups;
    if (!groups) continue;
    const [a, b] = [Number(groups['a']), Number(groups['b'] ?? groups['a'])];
    if (Number.isFinite(a) && Number.isFinite(b)) return (a + b) / 2;
  }
  return undefined;
}

const TOPIC_PATTERNS = [
  /<(?<tag>topic|brief|request|user_brief|text)\b[^>]*>\s*(?<topic>[\s\S]+?)\s*<\/\k<tag>>/iu,
  /(?:^|\s)(?:topic|brief|subject|request)\s*:\s*(?<topic>\S.*)$/imu,
  /"(?:topic|brief|subject|request|text)"\s*:\s*"(?<topic>(?:[^"\\]|\\.)+)"/iu,
  /\babout\s+(?<topic>[^.\n]{3,120})/iu,
];

const MAX_TOPIC = 60;

function topicOf(prompt: string): string {
  for (const pattern of TOPIC_PATTERNS) {
    const topic = shortTopic(pattern.exec(prompt)?.groups?.['topic'] ?? '');
    if (topic !== '') return topic;
  }
  return shortTopic(prompt) || 'the subject';
}

/** The subject in few words: without "make a video about", quotes, mark-up or a second sentence. */
function shortTopic(text: string): string {
  const plain = text
    .replaceAll(/\\[nrt"]/gu, ' ')
    .replaceAll(/<[^>]*>/gu, ' ')
    .replaceAll(/["“”«»*_`#{}[\]]/gu, ' ')
    .replaceAll(/\s+/gu, ' ')
    .trim();
  const [sentence = ''] = plain.split(/(?<=[.!?。])\s*/u);
  const subject = /\b(?:about|on|explaining|explains)\s+(?<rest>.+)$/iu.exec(sentence)?.groups?.[
    'rest'
  ];
  const words = (subject ?? sentence)
    .replace(/[.!?,;:。]+$/u, '')
    .replace(/^(?:The|A|An|How|Why|What|When|Where)\b/u, (word) => word.toLowerCase());
  if (words.length <= MAX_TOPIC) return words.trim();
  return words
    .slice(0, MAX_TOPIC)
    .replace(/\s+\S*$/u, '')
    .trim();
}

const LANGUAGE_NAMES: Readonly<Record<string, string>> = {
  english: 'en',
  german: 'de',
  deutsch: 'de',
  french: 'fr',
  spanish: 'es',
  portuguese: 'pt',
  italian: 'it',
  polish: 'pl',
  russian: 'ru',
  ukrainian: 'uk',
  turkish: 'tr',
  arabic: 'ar',
  hebrew: 'he',
  hindi: 'hi',
  chinese: 'zh',
  japanese: 'ja',
  korean: 'ko',
};

const TAGS = [...new Set(Object.values(LANGUAGE_NAMES))].join('|');
const NAMES = Object.keys(LANGUAGE_NAMES).join('|');
const TAG_PATTERNS = [
  String.raw`\b(?:language|lang|locale)(?:[ _]?(?:code|tag))?["']?\s*(?:is|:|=|\()\s*["'(<]*(?:BCP ?47:? ?)?(?<tag>${TAGS})\b`,
  String.raw`\bin (?<tag>${TAGS})-[A-Z]{2}\b`,
  String.raw`\((?<tag>${TAGS})(?:-[A-Z]{2})?\)`,
].map((source) => new RegExp(source, 'iu'));
const NAME_PATTERN = new RegExp(
  String.raw`\b(?:in|language["']?\s*(?:is|:|=))\s*["']?(?<name>${NAMES})\b`,
  'iu',
);

function languageOf(prompt: string): string {
  for (const pattern of TAG_PATTERNS) {
    const tag = pattern.exec(prompt)?.groups?.['tag'];
    if (tag) return tag.toLowerCase();
  }
  const name = NAME_PATTERN.exec(prompt)?.groups?.['name'];
  return LANGUAGE_NAMES[name?.toLowerCase() ?? ''] ?? 'en';
}
