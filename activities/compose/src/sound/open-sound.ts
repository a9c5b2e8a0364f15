import { open, rm, type FileHandle } from 'node:fs/promises';
import { Failure } from '@aura/failure';
import {
  AMBIENCE_LUFS,
  EFFECT_LUFS,
  isAmbience,
  isEffect,
  isMood,
  MADE_LUFS,
  planMusic,
  playAmbience,
  playEffect,
  playMusic,
  type SoundStream,
} from '@aura/music';
import type { Sound } from '@aura/proto';
import type { ArtifactStore } from '@aura/storage';
import { SAMPLE_RATE_HZ } from '../film-constants.js';
import { decodeSound, type SoundTools } from './decode-sound.js';
import { listenTo } from './find-loop.js';
import { UNREADABLE, type LibraryPiece } from './music-library.js';
import { sourceOfFile, sourceOfStream, type Loop, type SampleSource } from './sample-source.js';

export interface SoundOrder {
  sound: Sound;
  /** How long it is to be heard. */
  samples: number;
  /** Tells pieces that are made here apart. */
  seed: string;
  /** Of the library; absent where there is none. */
  piece: LibraryPiece | undefined;
  /** A name of ours for the decoded samples, relative to the folder. */
  scratch: string;
}

/** A sound that is ready to be read. */
export interface OpenedSound {
  source: SampleSource;
  ownLufs: number;
  /** At most as many as were ordered. */
  samples: number;
  /** Ends in the middle of something, or goes round. */
  isCut: boolean;
  /** Made here: it is heard all the time. */
  isMade: boolean;
  loop?: Loop | undefined;
  /** The library's piece could not be used, and why. */
  refused?: string;
  close: () => Promise<void>;
}

/**
 * Opens the user's own sound, one of the library, or makes one. What of the library cannot be read is replaced by what
 * is made here. Errors: AssetInvalid for the user's own, ArtifactGone, BlobCorrupt, those of `runWatchedFfmpeg`.
 */
export async function openSound(
  store: ArtifactStore,
  tools: SoundTools,
  order: SoundOrder,
): Promise<OpenedSound> {
  const { sound, piece } = order;
  if (sound.audio) return openFile(await store.localPath(sound.audio), tools, order);
  if (!piece) return made(order);
  if (piece.sha256 === UNREADABLE)
    return { ...(await made(order)), refused: 'it cannot be opened' };
  try {
    return await openFile(piece.file, tools, order);
  } catch (error) {
    const isUnusable = error instanceof Failure && error.code === 'AssetInvalid';
    if (!isUnusable) throw error;
    return { ...(await made(order)), refused: error.details ?? error.message };
  }
}

/** Beyond what is heard, so that a joint has something to fade into. */
const SPARE_SAMPLES = 3 * SAMPLE_RATE_HZ;

async function openFile(
  source: string,
  tools: SoundTools,
  { sound, samples, scratch }: SoundOrder,
): Promise<OpenedSound> {
  const raw = await decodeSound(tools, {
    source,
    output: scratch,
    maxSamples: samples + SPARE_SAMPLES,
  });
  const handle = await open(raw.file, 'r');
  const heard = await orClosed(handle, listenTo(handle, raw));
  const isShort = raw.samples < samples;
  const loop = isShort && sound.loop ? heard.loop : undefined;
  return {
    source: sourceOfFile(handle, raw, loop),
    ownLufs: heard.loudnessLufs,
    samples: loop ? samples : Math.min(samples, raw.samples),
    isCut: !isShort || loop !== undefined,
    isMade: false,
    loop,
    close: async () => {
      await handle.close();
      await rm(raw.file);
    },
  };
}

async function orClosed<T>(handle: FileHandle, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function made({ sound, samples, seed }: SoundOrder): Promise<OpenedSound> {
  const { stream, ownLufs, most = samples } = await streamOf(sound, samples, seed);
  return {
    source: sourceOfStream(stream),
    ownLufs,
    // Who is over leaves room for others.
    samples: Math.min(samples, most),
    isCut: sound.kind === 'ambience',
    isMade: sound.kind !== 'effect',
    close: () => Promise.resolve(),
  };
}

/** A mood that nobody knows is the calm one: the gateway lets none of them pass. */
async function streamOf(
  { kind, mood }: Sound,
  samples: number,
  seed: string,
): Promise<{ stream: SoundStream; ownLufs: number; most?: number }> {
  if (kind === 'effect') {
    const stream = playEffect(isEffect(mood) ? mood : 'chime');
    return { stream, ownLufs: EFFECT_LUFS, most: stream.samples };
  }
  if (kind === 'ambience') {
    const ambience = isAmbience(mood) ? mood : 'room';
    return { stream: playAmbience(ambience, seed), ownLufs: AMBIENCE_LUFS };
  }
  const plan = planMusic({ mood: isMood(mood) ? mood : 'calm', seed, samples });
  return { stream: await playMusic(plan), ownLufs: MADE_LUFS };
}
