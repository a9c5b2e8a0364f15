import { LOUDNESS } from '../film-constants.js';
import type { FilmCheck } from './file-checks.js';
import type { ContentFacts } from './film-facts.js';
import { coveredMs, lengthMs, type Interval } from './intervals.js';

export const MAX_BLACK_MS = 500;
export const MAX_FREEZE_MS = 2_000;
/** Share of a scene's speech that may be silent: pauses between words are, and timings are not exact. */
const MAX_SILENT_SHARE = 0.6;

/** What is checked on the film as it is seen and heard. */
export const CONTENT_CHECKS: FilmCheck<ContentFacts>[] = [
  {
    name: 'decode',
    found: () => 'without a complaint',
    problem: ({ complaints }) => (complaints === '' ? undefined : complaints),
  },
  {
    name: 'black',
    found: ({ blacks }) => longest(blacks),
    problem: ({ blacks }, { blackPictures }) =>
      unexpected(blacks, blackPictures, MAX_BLACK_MS, 'black'),
  },
  {
    name: 'freeze',
    found: ({ freezes }) => longest(freezes),
    problem: ({ freezes }, { stillPictures }) =>
      unexpected(freezes, stillPictures, MAX_FREEZE_MS, 'frozen'),
  },
  {
    name: 'silence',
    found: ({ silences }) => longest(silences),
    problem({ silences }, { shots }) {
      const mute = shots.find(({ speech }) => {
        const spokenMs = speech.reduce((sum, words) => sum + lengthMs(words), 0);
        const silentMs = speech.reduce((sum, words) => sum + coveredMs(words, silences), 0);
        return spokenMs > 0 && silentMs > spokenMs * MAX_SILENT_SHARE;
      });
      return mute && `the words of scene ${mute.sceneId} are not heard`;
    },
  },
  {
    name: 'loudness',
    found: ({ loudnessLufs }) => `${loudnessLufs.toFixed(1)} LUFS`,
    problem({ loudnessLufs }, { shots, targetLufs = LOUDNESS.targetLufs }) {
      if (shots.every(({ speech }) => speech.length === 0)) return undefined;
      const { toleranceLu } = LOUDNESS;
      return Math.abs(loudnessLufs - targetLufs) <= toleranceLu
        ? undefined
        : `${loudnessLufs} LUFS instead of ${targetLufs}`;
    },
  },
  {
    name: 'truePeak',
    found: ({ truePeakDbtp }) => `${truePeakDbtp.toFixed(1)} dBTP`,
    problem: ({ truePeakDbtp }) =>
      truePeakDbtp <= LOUDNESS.maxTruePeakDbtp
        ? undefined
        : `${truePeakDbtp.toFixed(2)} dBTP, allowed ${LOUDNESS.maxTruePeakDbtp}`,
  },
];

function longest(stretches: readonly Interval[]): string {
  const ms = stretches.reduce((most, stretch) => Math.max(most, lengthMs(stretch)), 0);
  return ms === 0 ? 'nowhere' : `${Math.round(ms)} ms at most, as expected`;
}

/** The first stretch of which more than allowed lies outside of what is expected to be like that. */
function unexpected(
  found: readonly Interval[],
  expected: readonly Interval[],
  allowedMs: number,
  what: string,
): string | undefined {
  const wrong = found.find((stretch) => isUnexpected(stretch, expected, allowedMs));
  return wrong && `${what} from ${Math.round(wrong.startMs)} ms to ${Math.round(wrong.endMs)} ms`;
}

export function isUnexpected(
  stretch: Interval,
  expected: readonly Interval[],
  allowedMs: number,
): boolean {
  return lengthMs(stretch) - coveredMs(stretch, expected) >= allowedMs;
}
