import { runPiped } from '../content/run-piped.js';

const RATE = 8_000;

/** A sound file decoded: its length, and how loud any part of it is. */
export class HeardSound {
  private constructor(private readonly samples: Int16Array) {}

  static async of(file: Buffer, inputArgs: readonly string[] = []): Promise<HeardSound> {
    const pcm = await runPiped(
      'ffmpeg',
      [
        '-loglevel',
        'error',
        ...inputArgs,
        '-i',
        'pipe:0',
        '-f',
        's16le',
        '-ac',
        '1',
        '-ar',
        String(RATE),
        'pipe:1',
      ],
      { input: file },
    );
    return new HeardSound(new Int16Array(pcm.buffer, pcm.byteOffset, Math.floor(pcm.length / 2)));
  }

  get seconds(): number {
    return this.samples.length / RATE;
  }

  /** Root mean square of 0…32767. */
  loudness(from = 0, to = this.seconds): number {
    const part = this.samples.subarray(Math.floor(from * RATE), Math.ceil(to * RATE));
    return Math.sqrt(
      part.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, part.length),
    );
  }
}
