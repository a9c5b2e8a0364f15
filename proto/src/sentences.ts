import type { Pace } from '../gen/aura/v1/video.js';

/**
 * The sentences of a narration, as voices speak them and as `Pace` counts them: Unicode's sentence
 * boundaries for the language, less those after abbreviations and initials; a line break always ends one.
 * Trimmed, never empty, in order; joined they give the text again except for white space.
 */
export function sentencesOf(text: string, language: string): string[] {
  const segmenter = new Intl.Segmenter(knownLocale(language), { granularity: 'sentence' });
  return text.split(/[\r\n\u2028\u2029]+/u).flatMap((line) => {
    const sentences: string[] = [];
    let opening = '';
    for (const { segment } of segmenter.segment(line)) {
      // Unicode leaves an opening mark after 。 with the sentence before it.
      const whole = opening + segment;
      opening = OPENING.exec(whole)?.[0] ?? '';
      const own = whole.slice(0, whole.length - opening.length);
      const last = sentences.at(-1);
      if (last !== undefined && (goesOn(last.slice(-60), own) || !SPEAKABLE.test(own))) {
        sentences[sentences.length - 1] = last + own;
      } else {
        sentences.push(own);
      }
    }
    sentences.push((sentences.pop() ?? '') + opening);
    return sentences.map((sentence) => sentence.trim()).filter(Boolean);
  });
}

/** How long a voice of this pace speaks the text: the formula of `Pace`, characters as code points. */
export function spokenMs(pace: Pace, text: string, language: string): number {
  const characters = Array.from(text.replaceAll(/\s+/gu, ' ').trim()).length;
  const sentences = sentencesOf(text, language).length;
  return pace.msPerCharacter * characters + pace.msPerSentence * sentences;
}

const OPENING = /(?<=[。！？…．｡”’」』）》])[\p{Ps}\p{Pi}]+$/u;
const SPEAKABLE = /[\p{L}\p{N}]/u;

/** Titles and the like, after which a sentence goes on: "Dr. Smith", "e.g. this", "z. B. heute". */
const TITLE =
  /(?:^|[^\p{L}])(?:dr|mr|mrs|ms|prof|st|mt|vs|approx|e\.\s?g|i\.\s?e|cf|bzw|z\.\s?b|d\.\s?h|sr|sra|mme|mlle|gen|sgt|rev|capt|т\.\s?е)\.\s*$/iu;
/** Words that are abbreviations only where a number follows: "No. 5", "Fig. 2". */
const COUNTED = /(?:^|[^\p{L}])(?:no|nr|fig|vol|pp?|ca|núm|№)\.\s*$/iu;
/** "J. Verne", "Ursula K. Le Guin". */
const INITIAL = /(?:^|\p{Lu}\p{L}*\.?\s+)\p{Lu}\.\s*$/u;

/** Marks after which a sentence ends without a space (。！？ and the like); "a.b?c" is one word. */
const CLOSED = /[\s。！？…．｡।॥።։؟۔]["'”’」』）)》]*$/u;

/** `sentence` by its end only: it may be long, and this is asked at every mark. */
function goesOn(sentence: string, next: string): boolean {
  if (!CLOSED.test(sentence)) return true;
  if (COUNTED.test(sentence)) return /^\d/u.test(next);
  return TITLE.test(sentence) || INITIAL.test(sentence);
}

function knownLocale(language: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(language)[0];
  } catch {
    return undefined;
  }
}
