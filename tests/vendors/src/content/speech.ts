import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Fault } from '../faults/fault.js';
import { runPiped } from './run-piped.js';
import { seedOf } from './seed.js';
import { spokenLanguageOf } from './spoken-language.js';

export interface SpeechOrder {
  text: string;
  /** The vendor's voice; another name sounds different. */
  voice: string;
  gender?: 'f' | 'm';
  /** ISO 639-1; absent: read from the text. */
  language?: string;
  /** 1 is the voice's own pace. */
  speed?: number;
  signal?: AbortSignal;
}

/** Mono sound of 16 bits. */
export interface Sound {
  samples: Int16Array;
  rateHz: number;
}

const WORDS_PER_MINUTE = 165;

/** Speaks a text: English by flite, every other language by espeak-ng. The same order gives the same sound. */
export async function speak(order: SpeechOrder): Promise<Sound> {
  const language = order.language ?? spokenLanguageOf(order.text);
  return language === 'en' ? flite(order) : espeak(order, language);
}

async function flite({ text, voice, gender, speed = 1, signal }: SpeechOrder): Promise<Sound> {
  const seed = seedOf(voice);
  const isFemale = gender === 'f' || (gender === undefined && seed % 2 === 0);
  const names = isFemale ? ['slt'] : ['rms', 'awb'];
  const name = names[seed % names.length] ?? 'slt';
  // A text that begins with "-" would be read as an option; flite reads a file where the text has no blank.
  const spoken = ` ${text.replaceAll(/\s+/gu, ' ').trim()} `;
  const pitch = (isFemale ? 180 : 95) + (seed % 30);
  const args = ['-voice', name, '--setf', `duration_stretch=${(1 / speed).toFixed(3)}`];
  // flite opens its output by name, which fails for the socket that a child's standard output is.
  const folder = await mkdtemp(path.join(tmpdir(), 'aura-vendor-'));
  const file = path.join(folder, 'speech.wav');
  try {
    await runPiped(
      'flite',
      [...args, '--setf', `int_f0_target_mean=${pitch}`, '-t', spoken, '-o', file],
      { signal },
    );
    return readWav(await readFile(file));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** espeak-ng alone; also for single words, as it starts in ten milliseconds. */
export async function espeak(
  { text, voice, gender, speed = 1, signal }: SpeechOrder,
  language: string,
): Promise<Sound> {
  const seed = seedOf(voice);
  const isFemale = gender === 'f' || (gender === undefined && seed % 2 === 0);
  const variant = isFemale ? `f${1 + (seed % 4)}` : `m${1 + (seed % 7)}`;
  const pace = String(Math.round(WORDS_PER_MINUTE * speed));
  const wav = await runPiped(
    'espeak-ng',
    [
      '-v',
      `${ESPEAK_NAMES[language] ?? language}+${variant}`,
      '-s',
      pace,
      '-b',
      '1',
      '--stdin',
      '--stdout',
    ],
    { input: text, signal },
  );
  return readWav(wav);
}

const ESPEAK_NAMES: Readonly<Record<string, string>> = {
  en: 'en-us',
  zh: 'cmn',
  pt: 'pt-br',
  no: 'nb',
};

/** Samples of a WAV with 16 bits and one channel, whatever its header says of the length. */
function readWav(wav: Buffer): Sound {
  const rateHz = wav.readUInt32LE(24);
  const data = wav.indexOf('data', 12, 'latin1') + 8;
  const count = Math.floor((wav.length - data) / 2);
  const samples = new Int16Array(count);
  for (let at = 0; at < count; at += 1) samples[at] = wav.readInt16LE(data + at * 2);
  return { samples, rateHz };
}

/** What the fault makes of the sound before it is encoded. */
export function spoiltSound(sound: Sound, fault: Fault | undefined): Sound {
  if (fault?.kind !== 'silent-audio') return sound;
  return { ...sound, samples: new Int16Array(sound.samples.length) };
}

/** What the fault makes of the file: cut in the middle. */
export function spoiltAudio(bytes: Buffer, fault: Fault | undefined): Buffer {
  return fault?.kind === 'truncated-audio'
    ? bytes.subarray(0, Math.floor(bytes.length * 0.45))
    : bytes;
}

export function durationSeconds({ samples, rateHz }: Sound): number {
  return samples.length / rateHz;
}
