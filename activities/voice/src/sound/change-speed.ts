import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runFfmpeg } from '@aura/media';
import type { SpokenPiece } from '../voice-provider.js';
import { readWav, wavBytes } from './wav.js';

/**
 * Speaks a piece faster or slower without changing its pitch (FFmpeg's atempo, good from half to double the
 * speed), for voices that cannot by themselves. Word times move along. Errors: those of FFmpeg; BadSound.
 */
export async function changeSpeed(
  { sound, words }: SpokenPiece,
  speed: number,
  { ffmpegPath, scratch, signal }: { ffmpegPath: string; scratch: string; signal?: AbortSignal },
): Promise<SpokenPiece> {
  const input = path.join(scratch, 'own-speed.wav');
  const output = path.join(scratch, 'asked-speed.wav');
  await writeFile(input, wavBytes(sound));
  await runFfmpeg(ffmpegPath, speedArgs(input, output, speed), { signal });
  const changed = readWav(await readFile(output)).sound;
  // What the sound really became, so that times fit it to the sample.
  const factor =
    changed.samples.length / changed.sampleRate / (sound.samples.length / sound.sampleRate);
  return {
    sound: changed,
    words: words.map(
      (word) => word && { startMs: word.startMs * factor, endMs: word.endMs * factor },
    ),
  };
}

export function speedArgs(input: string, output: string, speed: number): string[] {
  const quiet = '-hide_banner -nostdin -loglevel error -xerror -y'.split(' ');
  const read = ['-protocol_whitelist', 'file', '-f', 'wav', '-i', `file:${input}`];
  const convert = ['-map', '0:a:0', '-af', `atempo=${speed.toFixed(4)}`, '-c:a', 'pcm_s16le'];
  return [...quiet, ...read, ...convert, '-fflags', '+bitexact', '-f', 'wav', `file:${output}`];
}
