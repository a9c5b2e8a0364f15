import path from 'node:path';
import { runWatchedFfmpeg } from '@aura/media';
import { readHeardFacts, type HeardFacts } from '../checks/heard-facts.js';
import { LOUDNESS } from '../film-constants.js';
import type { SoundFacts } from './sound-facts.js';
import { masterArgs, measureEncodedArgs, type MasterFiles, type Mastering } from './sound-args.js';

export interface MasterRequest extends MasterFiles {
  ffmpegPath: string;
  /** What the names of files are relative to. */
  folder: string;
  /** Loudness of the input as it will be heard, over all its channels. */
  inputLufs: number;
  targetLufs: number;
  signal: AbortSignal | undefined;
  stallMs?: number | undefined;
}

/** Nothing that is louder than a whisper of noise: no gain would make it speech. */
const SILENT_LUFS = -60;
const MAX_GAIN_DB = 40;
/** Codecs lift peaks by about half a decibel. */
const FIRST_CEILING_DB = LOUDNESS.maxTruePeakDbtp - 0.7;
/** Closer than the tolerance, so that the figure that others measure is inside too. */
const GOOD_ENOUGH_LU = 0.3;
const MAX_ENCODINGS = 4;

/**
 * Brings the sound to the film's loudness in one piece: raised by one gain, limited, encoded, measured as it will be
 * heard, and corrected where it is off. Gives what was measured last.
 */
export async function masterSound(request: MasterRequest): Promise<HeardFacts> {
  const { targetLufs } = request;
  let mastering = firstMastering(request.inputLufs, targetLufs);
  let before: Tried | undefined;
  for (let encoding = 1; ; encoding += 1) {
    await run(request, masterArgs(request, mastering));
    const heard = await measured(request);
    if (encoding === MAX_ENCODINGS || isGood(heard, targetLufs)) return heard;
    const tried: Tried = { mastering, heard };
    mastering = corrected(tried, targetLufs, before);
    before = tried;
  }
}

export interface Tried {
  mastering: Mastering;
  heard: SoundFacts;
}

export function firstMastering(inputLufs: number, targetLufs: number): Mastering {
  const wantedDb = inputLufs < SILENT_LUFS ? 0 : targetLufs - inputLufs;
  return { gainDb: limited(wantedDb), ceilingDb: FIRST_CEILING_DB };
}

/** Where the limiter takes back a part of each decibel, the try before tells how much. */
export function corrected(
  { mastering, heard }: Tried,
  targetLufs: number,
  before?: Tried,
): Mastering {
  const overDb = heard.truePeakDbtp - LOUDNESS.maxTruePeakDbtp;
  const offDb = targetLufs - heard.loudnessLufs;
  const risenDb = before ? mastering.gainDb - before.mastering.gainDb : 0;
  const heardDb = before ? heard.loudnessLufs - before.heard.loudnessLufs : 0;
  const slope = Math.abs(risenDb) > 0.2 ? Math.min(1, Math.max(0.3, heardDb / risenDb)) : 1;
  return {
    gainDb: limited(mastering.gainDb + offDb / slope),
    ceilingDb: overDb > 0 ? mastering.ceilingDb - overDb - 0.2 : mastering.ceilingDb,
  };
}

export function isGood({ loudnessLufs, truePeakDbtp }: SoundFacts, targetLufs: number): boolean {
  return (
    loudnessLufs < SILENT_LUFS ||
    (Math.abs(loudnessLufs - targetLufs) <= GOOD_ENOUGH_LU &&
      truePeakDbtp <= LOUDNESS.maxTruePeakDbtp)
  );
}

function limited(gainDb: number): number {
  return Math.max(-MAX_GAIN_DB, Math.min(MAX_GAIN_DB, gainDb));
}

async function measured(request: MasterRequest): Promise<HeardFacts> {
  const facts = 'loudness.txt';
  const { output, codec } = request;
  await run(request, measureEncodedArgs({ input: output, codec, facts }));
  return readHeardFacts(path.join(request.folder, facts));
}

async function run(
  { ffmpegPath, folder, signal, stallMs }: MasterRequest,
  args: string[],
): Promise<void> {
  await runWatchedFfmpeg(ffmpegPath, args, { step: 'mux', cwd: folder, signal, stallMs });
}
