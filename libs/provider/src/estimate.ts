import type { ProviderPrice, ProviderReport } from '@aura/proto';

/** What is known of a film before anything of it is made. */
export interface FilmOutline {
  durationMs: number;
  /** Of the brief and of everything else that the script is to be made from. */
  briefCharacters: number;
}

export interface StageEstimate {
  stage: string;
  provider: string;
  /** What it usually comes to, in US dollars. */
  likelyUsd: number;
  /** What it comes to where every answer has to be asked for again. */
  worstUsd: number;
}

/** Speech of 15 characters a second, as narrators speak most European languages. */
const MS_PER_CHARACTER = 66;
/** A scene lasts about so long. */
const SCENE_MS = 8_000;
const CHARACTERS_PER_TOKEN = 3.5;
/** Instructions and schema of a request. */
const PROMPT_TOKENS = 2_500;
/** Of a scene, besides its narration: heading, points, keywords, the words for its picture. */
const SCENE_TOKENS = 160;
/** A script is asked for once more where it is faulty, and its film may be written anew to meet its length. */
const MOST_ASKS = 4;
const MOST_TAKES = 2;

/** Models that are paid by the token draw a picture of medium quality for about so many. */
const PICTURE_TOKENS = { input: 200, output: 1_584 };

/** How long a text takes to speak, roughly: East Asian characters are syllables. Pure. */
export function likelySpeechMs(text: string): number {
  const syllables = text.match(
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu,
  );
  return (text.length + 2 * (syllables?.length ?? 0)) * MS_PER_CHARACTER;
}

function pricedByTokens({ inputPerMillion, outputPerMillion }: ProviderPrice): number {
  const { input, output } = PICTURE_TOKENS;
  return (input * inputPerMillion + output * outputPerMillion) / 1_000_000;
}

/**
 * What a film may cost with these providers, the first of each stage; nothing for those that are free. An
 * estimate: the texts are not written yet. Pure.
 */
export function estimateCost(
  { durationMs, briefCharacters }: FilmOutline,
  firsts: readonly ProviderReport[],
): StageEstimate[] {
  const characters = durationMs / MS_PER_CHARACTER;
  const scenes = Math.max(1, Math.round(durationMs / SCENE_MS));
  const inputTokens = PROMPT_TOKENS + briefCharacters / CHARACTERS_PER_TOKEN;
  const outputTokens = characters / CHARACTERS_PER_TOKEN + scenes * SCENE_TOKENS;
  return firsts.map(({ stage, name: provider, facts }) => {
    const price = facts?.price;
    if (!price) return { stage, provider, likelyUsd: 0, worstUsd: 0 };
    const script =
      (inputTokens * price.inputPerMillion + outputTokens * price.outputPerMillion) / 1_000_000;
    const speech =
      (characters * price.charactersPerMillion) / 1_000_000 +
      (durationMs / 1_000) * price.perSecond;
    const picture = price.perPicture || pricedByTokens(price);
    const likelyUsd =
      { script, voice: speech, visuals: scenes * picture }[
        stage as 'script' | 'voice' | 'visuals'
      ] ?? 0;
    const most = stage === 'script' ? MOST_ASKS : MOST_TAKES;
    return { stage, provider, likelyUsd, worstUsd: likelyUsd * most };
  });
}
