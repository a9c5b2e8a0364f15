import { rm } from 'node:fs/promises';
import path from 'node:path';
import { progress } from '@aura/work';
import { encodingOf, rateOf, type RenderSpec, type Sound, type SoundStyle } from '@aura/proto';
import type { Warning } from '@aura/proto';
import type { ArtifactStore } from '@aura/storage';
import type { SoundTools } from './decode-sound.js';
import { denoised } from './denoise.js';
import { hearSpeech } from './hear-speech.js';
import { laySounds } from './lay-sounds.js';
import { loudnessTargetOf } from './loudness-target.js';
import { masterSound } from './master-sound.js';
import type { LibraryPiece } from './music-library.js';
import { narrationHeader, writeNarrationTrack, type PlacedSound } from './narration-track.js';
import type { HeardFacts } from '../checks/heard-facts.js';

export interface FilmSoundOrder {
  render: RenderSpec;
  style: SoundStyle | undefined;
  narrations: readonly PlacedSound[];
  sounds: readonly Sound[];
  pieces: readonly (LibraryPiece | undefined)[];
  /** Of the whole film. */
  samples: number;
  /** Tells pieces that are made here apart. */
  seed: string;
  output: string;
}

/** What is heard of the film, measured on the encoded sound. */
export interface FilmSound extends HeardFacts {
  targetLufs: number;
  channels: 1 | 2;
  warnings: Warning[];
}

const SPEECH_FILE = 'speech.pcm';
const MIX_FILE = 'mix.pcm';
/** One channel of two that are alike is 3 LU quieter to the meter. */
const ONE_OF_TWO_LU = 3.01;

/**
 * The film's whole sound in one piece, encoded: narrations at their samples, what lies under them, one loudness.
 * Without sounds beside the speech it stays mono until the end, which costs half.
 */
export async function makeSound(
  store: ArtifactStore,
  tools: SoundTools,
  order: FilmSoundOrder,
): Promise<FilmSound> {
  const { render, style, samples, output } = order;
  const narrations = style?.denoise ? await withoutNoise(tools, order) : order.narrations;
  await writeNarrationTrack(path.join(tools.folder, SPEECH_FILE), narrations, samples);
  tools.signal?.throwIfAborted();
  const mix = await mixOf(store, tools, order);
  const channels = style?.mono ? 1 : 2;
  const targetLufs = loudnessTargetOf(render, style);
  const heard = await masterSound({
    ...tools,
    input: mix.file,
    inputChannels: mix.channels,
    inputLufs: mix.loudnessLufs - (channels === 1 ? ONE_OF_TWO_LU : 0),
    output,
    channels,
    codec: encodingOf(render).sound,
    targetLufs,
  });
  await rm(path.join(tools.folder, SPEECH_FILE));
  await rm(path.join(tools.folder, MIX_FILE), { force: true });
  return { ...heard, targetLufs, channels, warnings: mix.warnings };
}

interface Mix {
  file: string;
  channels: 1 | 2;
  loudnessLufs: number;
  warnings: Warning[];
}

async function mixOf(
  store: ArtifactStore,
  tools: SoundTools,
  { sounds, pieces, render, samples, seed }: FilmSoundOrder,
): Promise<Mix> {
  if (sounds.length === 0) {
    const { loudnessLufs } = await hearSpeech(path.join(tools.folder, SPEECH_FILE));
    return { file: SPEECH_FILE, channels: 1, loudnessLufs, warnings: [] };
  }
  const laid = await laySounds(store, tools, {
    sounds,
    pieces,
    rate: rateOf(render),
    samples,
    seed,
    speech: SPEECH_FILE,
    output: MIX_FILE,
    onSample: (sample) => progress(2 + (15 * sample) / samples, 'mixing the sound'),
  });
  return { file: MIX_FILE, channels: 2, ...laid };
}

async function withoutNoise(
  tools: SoundTools,
  { narrations }: FilmSoundOrder,
): Promise<PlacedSound[]> {
  const clean: PlacedSound[] = [];
  for (const [index, narration] of narrations.entries()) {
    await narrationHeader(narration);
    const file = await denoised(tools, narration.file, `clean-${index}.wav`);
    clean.push({ ...narration, file });
  }
  return clean;
}
