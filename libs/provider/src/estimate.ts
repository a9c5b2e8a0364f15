import {
  MOST_RETAKES,
  MOST_SCRIPTS,
  UNITS,
  USUAL_MS_PER_CHARACTER,
  type ProviderPrice,
  type ProviderReport,
} from '@aura/proto';

import { SPEECH_TOKENS_PER_SECOND } from './price-table.js';
import type { ProviderKind } from './provider-entry.js';

/** What is known of a film before anything of it is made. */
export interface FilmOutline {
  durationMs: number;
  /** Of the brief and of everything else that the script is to be made from. */
  briefCharacters: number;
  /** Whoever writes the script is also asked how it is built. */
  isAnalysed?: boolean | undefined;
  /** How many pictures have to be made, where that is known. */
  pictures?: number | undefined;
  /** How long what has to be spoken takes, where that is not the whole film. */
  spokenMs?: number | undefined;
}

export interface StageEstimate {
  stage: string;
  provider: string;
  /** What it usually comes to, in US dollars. */
  likelyUsd: number;
  /** What it comes to where all is asked for as often as it may be, and every call is billed at what it reserves. */
  worstUsd: number;
  /** Units of work: a script, or so many voices or pictures. */
  calls: number;
  /** What one of them usually reserves before it is made: its worst case. */
  callUsd: number;
  /** What the smallest of them reserves at least: a budget below it holds none. */
  leastCallUsd: number;
  /** False where it may well cost something and nobody has said what: nothing is counted then. */
  isPriced: boolean;
}

/** A scene lasts about so long. */
const SCENE_MS = 8_000;
const CHARACTERS_PER_TOKEN = 3.5;
/** Instructions and schema of a request. */
const PROMPT_TOKENS = 2_500;
/** Of a scene, besides its narration: heading, points, keywords, the words for its picture. */
const SCENE_TOKENS = 160;
/** Of a scene in the answer to how a script is built. */
const ANALYSED_TOKENS = 60;
/** A script that is faulty is asked for once more. */
const MOST_ASKS = 2;
/** Of each unit of work, over all attempts, takes and scripts. */
const MOST_TIMES = {
  script: MOST_SCRIPTS * MOST_ASKS * (UNITS.writeScript.retries + 1),
  voice: MOST_SCRIPTS * (UNITS.narrateScene.retries + 1),
  visuals: MOST_SCRIPTS * (MOST_RETAKES + 1) * (UNITS.illustrateScene.retries + 1),
};
/** A call for a script reserves a token for every byte that is sent, twice the answer, and what models think before it. */
const MOST_BYTES = 3;
const THINKING_TOKENS = 9_000;

/** Scenes of a usual film whose pictures are drawn, for they are read: its title and its end. */
const WRITTEN_SCENES = 2;

/** Models that are paid by the token draw a picture of medium quality for about so many. */
const PICTURE_TOKENS = { input: 200, output: 1_584 };
/** And one of low quality at least so many. */
const LEAST_PICTURE_TOKENS = { input: 0, output: 272 };

/** Speech that is paid by its length reserves that of a voice which speaks so many times as slowly as usual. */
const SLOWEST = 4;
/** No narration is much shorter. */
const SHORTEST_MS = 1_000;

/** How long a text takes to speak, roughly: East Asian characters are syllables. Pure. */
export function likelySpeechMs(text: string): number {
  const syllables = text.match(
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu,
  );
  return (text.length + 2 * (syllables?.length ?? 0)) * USUAL_MS_PER_CHARACTER;
}

/**
 * What a film may cost with these providers, the first of each stage; nothing for those that are free. An
 * estimate: the texts are not written yet. Pure.
 */
export function estimateCost(
  film: FilmOutline,
  firsts: readonly ProviderReport[],
): StageEstimate[] {
  return firsts.map(({ stage, name: provider, facts }) => {
    const price = facts?.price;
    const estimate = ESTIMATES[stage]?.(film, price ?? NO_PRICE) ?? NO_WORK;
    const isPriced = price !== undefined || !facts?.remote || !MAY_CHARGE.has(facts.kind);
    return { stage, provider, ...estimate, isPriced };
  });
}

const NO_WORK = { likelyUsd: 0, worstUsd: 0, calls: 0, callUsd: 0, leastCallUsd: 0 };
const NO_PRICE: ProviderPrice = {
  model: '',
  inputPerMillion: 0,
  outputPerMillion: 0,
  charactersPerMillion: 0,
  perPicture: 0,
  perSecond: 0,
  asOf: '',
};

/** Kinds of providers that charge, where they work on machines of others. */
const MAY_CHARGE: ReadonlySet<string> = new Set<ProviderKind>([
  'language-model',
  'speech',
  'picture-generator',
]);

type Estimate = (
  film: FilmOutline,
  price: ProviderPrice,
) => Omit<StageEstimate, 'stage' | 'provider' | 'isPriced'>;

const ESTIMATES: Partial<Record<string, Estimate>> = {
  script: ({ durationMs, briefCharacters, isAnalysed }, price) => {
    const characters = durationMs / USUAL_MS_PER_CHARACTER;
    const output = characters / CHARACTERS_PER_TOKEN + scenesOf(durationMs) * SCENE_TOKENS;
    const input = PROMPT_TOKENS + briefCharacters / CHARACTERS_PER_TOKEN;
    const promptBytes = PROMPT_TOKENS * CHARACTERS_PER_TOKEN + briefCharacters * MOST_BYTES;
    const reserved = { input: promptBytes, output: 2 * output + THINKING_TOKENS };
    const look = isAnalysed ? analysisOf(durationMs) : { likely: NOTHING, reserved: NOTHING };
    const callUsd = tokensUsd(price, reserved);
    const scriptUsd = tokensUsd(price, { input, output });
    return {
      likelyUsd: scriptUsd + tokensUsd(price, look.likely),
      worstUsd: MOST_TIMES.script * (callUsd + tokensUsd(price, look.reserved)),
      calls: 1,
      callUsd,
      leastCallUsd: scriptUsd,
    };
  },
  voice: ({ durationMs, spokenMs = durationMs }, price) => {
    const characters = spokenMs / USUAL_MS_PER_CHARACTER;
    const seconds = spokenMs / 1_000;
    const sound = {
      input: characters / CHARACTERS_PER_TOKEN,
      output: seconds * SPEECH_TOKENS_PER_SECOND,
    };
    const textUsd = (characters * price.charactersPerMillion) / 1_000_000;
    const soundUsd = seconds * price.perSecond + tokensUsd(price, sound);
    const likelyUsd = textUsd + soundUsd;
    const calls = spokenMs === 0 ? 0 : scenesOf(spokenMs);
    return {
      likelyUsd,
      worstUsd: MOST_TIMES.voice * likelyUsd,
      calls,
      callUsd: calls === 0 ? 0 : (textUsd + SLOWEST * soundUsd) / calls,
      leastCallUsd: likelyUsd * Math.min(1, SHORTEST_MS / Math.max(spokenMs, 1)),
    };
  },
  visuals: ({ durationMs, pictures }, price) => {
    const scenes = pictures ?? scenesOf(durationMs);
    const picture = price.perPicture || tokensUsd(price, PICTURE_TOKENS);
    const painted = pictures ?? Math.max(1, scenes - WRITTEN_SCENES);
    const least = price.perPicture / 2 || tokensUsd(price, LEAST_PICTURE_TOKENS);
    return {
      likelyUsd: painted * picture,
      worstUsd: MOST_TIMES.visuals * scenes * picture,
      calls: painted,
      callUsd: picture,
      leastCallUsd: painted === 0 ? 0 : Math.min(picture, least),
    };
  },
};

const NOTHING = { input: 0, output: 0 };

/** The script is read once more, and each scene answered in a few words. */
function analysisOf(durationMs: number) {
  const characters = durationMs / USUAL_MS_PER_CHARACTER;
  const output = scenesOf(durationMs) * ANALYSED_TOKENS;
  return {
    likely: { input: PROMPT_TOKENS + characters / CHARACTERS_PER_TOKEN, output },
    reserved: {
      input: PROMPT_TOKENS * CHARACTERS_PER_TOKEN + characters * MOST_BYTES,
      output: 2 * output + THINKING_TOKENS,
    },
  };
}

function scenesOf(durationMs: number): number {
  return Math.max(1, Math.round(durationMs / SCENE_MS));
}

function tokensUsd(
  { inputPerMillion, outputPerMillion }: ProviderPrice,
  { input, output }: { input: number; output: number },
): number {
  return (input * inputPerMillion + output * outputPerMillion) / 1_000_000;
}
