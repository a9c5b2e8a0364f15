import path from 'node:path';
import { runWatchedFfmpeg } from '@aura/media';
import type { SoundCodec } from '@aura/proto';
import { LOUDNESS } from '../film-constants.js';
import { readSoundFacts, type SoundFacts } from './sound-facts.js';
import { masterArgs, measureArgs, measureEncodedArgs, type Mastering } from './sound-args.js';

export interface MasterRequest {
  ffmpegPath: string;
  folder: string;
  /** Raw speech, as a name relative to the folder. */
  input: string;
  output: string;
  /** AAC where absent. */
  codec?: SoundCodec;
  signal: AbortSignal | undefined;
  stallMs?: number;
}

/** Nothing that is louder than a whisper of noise: no gain would make it speech. */
const SILENT_LUFS = -60;
const MAX_GAIN_DB = 30;
/** AAC lifts peaks by about half a decibel. */
const FIRST_CEILING_DB = LOUDNESS.maxTruePeakDbtp - 0.7;
/** Closer than the tolerance, so that the figure that others measure is inside too. */
const GOOD_ENOUGH_LU = 0.5;
const MAX_ENCODINGS = 3;

/**
 * Brings the speech to the film's loudness in one piece: measured, raised by one gain, limited, encoded,
 * measured again as it will be heard, and corrected where it is off. Gives what was measured last.
 */
export async function masterSound(request: MasterRequest): Promise<SoundFacts> {
  const { input, output, codec = 'aac' } = request;
  const raw = await measured(request, (facts) => measureArgs({ input, facts }));
  let mastering = firstMastering(raw);
  for (let encoding = 1; ; encoding += 1) {
    await run(request, masterArgs({ input, output, codec }, mastering));
    const heard = await measured(request, (facts) =>
      measureEncodedArgs({ input: output, facts, codec }),
    );
    if (encoding === MAX_ENCODINGS || isGood(heard)) return heard;
    mastering = corrected(mastering, heard);
  }
}

export function firstMastering({ loudnessLufs }: SoundFacts): Mastering {
  const wantedDb = loudnessLufs < SILENT_LUFS ? 0 : LOUDNESS.targetLufs - loudnessLufs;
  return {
    gainDb: Math.max(-MAX_GAIN_DB, Math.min(MAX_GAIN_DB, wantedDb)),
    ceilingDb: FIRST_CEILING_DB,
  };
}

export function corrected({ gainDb, ceilingDb }: Mastering, heard: SoundFacts): Mastering {
  const overDb = heard.truePeakDbtp - LOUDNESS.maxTruePeakDbtp;
  const offDb = LOUDNESS.targetLufs - heard.loudnessLufs;
  return {
    gainDb: Math.max(-MAX_GAIN_DB, Math.min(MAX_GAIN_DB, gainDb + offDb)),
    ceilingDb: overDb > 0 ? ceilingDb - overDb - 0.2 : ceilingDb,
  };
}

export function isGood({ loudnessLufs, truePeakDbtp }: SoundFacts): boolean {
  return (
    loudnessLufs < SILENT_LUFS ||
    (Math.abs(loudnessLufs - LOUDNESS.targetLufs) <= GOOD_ENOUGH_LU &&
      truePeakDbtp <= LOUDNESS.maxTruePeakDbtp)
  );
}

async function measured(
  request: MasterRequest,
  argsFor: (facts: string) => string[],
): Promise<SoundFacts> {
  const facts = 'loudness.txt';
  await run(request, argsFor(facts));
  return readSoundFacts(path.join(request.folder, facts));
}

async function run(
  { ffmpegPath, folder, signal, stallMs }: MasterRequest,
  args: string[],
): Promise<void> {
  await runWatchedFfmpeg(ffmpegPath, args, { step: 'mux', cwd: folder, signal, stallMs });
}
