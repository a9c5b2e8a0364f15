import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { JobRef, Narration, NarrateSceneRequest, SpeechTimings } from '@aura/proto';
import { LocalStore, type ArtifactStore } from '@aura/storage';
import { createVoiceActivities } from '../create-voice-activities.js';
import { readWav, type Sound } from '../sound/wav.js';

/** What the tests of this package share: a store of their own, the real programs, and broken stand-ins. */
export const JOB: JobRef = { videoId: 'v1', run: 1, tenantId: 'default', correlationId: 'c1' };

export const PROGRAMS = {
  flitePath: 'flite',
  espeakPath: 'espeak-ng',
  ffmpegPath: 'ffmpeg',
  ffprobePath: 'ffprobe',
};

export interface Workplace {
  folder: string;
  store: ArtifactStore;
  remove(): Promise<void>;
}

export async function workplace(): Promise<Workplace> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'aura-voice-test-'));
  return {
    folder,
    store: new LocalStore(path.join(folder, 'store')),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

export function request(over: Partial<NarrateSceneRequest> = {}): NarrateSceneRequest {
  return {
    job: JOB,
    provider: 'flite',
    voice: { voiceId: 'en-US-narrator-f', language: 'en-US' },
    sceneId: 's01',
    text: 'The sea is never quiet.',
    ...over,
  };
}

export interface Narrated {
  narration: Narration;
  timings: SpeechTimings;
  sound: Sound;
  bytes: Buffer;
}

export async function narrate(
  store: ArtifactStore,
  over: Partial<NarrateSceneRequest>,
  programs: Partial<typeof PROGRAMS> = {},
): Promise<Narrated> {
  const voices = createVoiceActivities({ store, ...PROGRAMS, ...programs });
  const narration = await voices.narrateScene(request(over));
  const bytes = await readFile(await store.localPath(narration.audio));
  const timings = await readFile(await store.localPath(narration.timings), 'utf8');
  return {
    narration,
    timings: JSON.parse(timings) as SpeechTimings,
    sound: readWav(bytes).sound,
    bytes,
  };
}

/**
 * A voice program that runs the real one and then damages what it wrote: `damage` is shell code that finds
 * the WAV's path in $wav.
 */
export async function damaging(folder: string, program: string, damage: string): Promise<string> {
  const file = path.join(folder, `damaging-${program}-${Math.random().toString(36).slice(2)}`);
  const script = [
    '#!/bin/bash',
    `${program} "$@" || exit $?`,
    'wav=""; last=""',
    'for word in "$@"; do case "$last" in -o|-w) wav="$word";; esac; last="$word"; done',
    'if [ -f "$wav" ]; then',
    damage,
    'fi',
    'exit 0',
  ];
  await writeFile(file, script.join('\n'));
  await chmod(file, 0o755);
  return file;
}
