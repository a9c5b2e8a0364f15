import type { Brief } from '@aura/proto';
import { filmMs } from '../pace.js';
import { locateDictionary } from '../providers/rule-based/dictionary/locate.js';
import { ruleBasedProvider } from '../providers/rule-based/rule-based.js';
import type { ScriptDesk, WrittenScript } from '../script-provider.js';
import { sentencesOf } from '../text/sentences.js';

/** What the tests of this project share: films written as the activity writes them, and how they are judged. */
export const PACE = { msPerCharacter: 65, msPerSentence: 250 };

export interface FilmWish extends Partial<Brief> {
  text: string;
  seconds?: number;
  maxScenes?: number;
  pace?: typeof PACE;
  wordnetPath?: string;
}

export function write({
  seconds = 120,
  maxScenes = 120,
  pace = PACE,
  wordnetPath = 'wn',
  ...brief
}: FilmWish): Promise<WrittenScript> {
  const provider = ruleBasedProvider({ wordnetPath });
  const order = {
    brief: { style: '', audience: '', language: 'en-US', ...brief },
    plan: { targetDurationMs: seconds * 1_000, maxScenes },
    pace,
  };
  return provider.write(order, undefined, OWN_DESK);
}

/** For providers that ask nobody. */
const OWN_DESK: ScriptDesk = {
  videoId: 'v1',
  capUsd: undefined,
  isLastAttempt: false,
  call: (_name, _inputs, work) => work({ unitKey: 'k', signal: undefined }),
};

/** The film's length as a share of its target. */
export function lengthShare(script: WrittenScript, seconds: number, pace = PACE): number {
  return filmMs(script.scenes, pace, script.language) / (seconds * 1_000);
}

export function sentencesIn(script: WrittenScript): string[] {
  return script.scenes.flatMap(({ narration }) => sentencesOf(narration, script.language));
}

/** Whether this machine has the dictionary; the tests that need it say so where it has not. */
export async function hasDictionary(): Promise<boolean> {
  const place = await locateDictionary('wn');
  if (!place)
    process.stderr.write('WordNet is not installed: tests of dictionary scripts are left out.\n');
  return place !== undefined;
}
