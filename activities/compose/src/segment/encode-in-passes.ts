import { stat } from 'node:fs/promises';
import path from 'node:path';
import { encodingOf, rateOf, type RenderSpec } from '@aura/proto';
import { hardwareArgs, type HardwareDevice } from '../hardware/hardware-encoder.js';
import { Failure } from '@aura/failure';
import { isRefusal } from '../checks/measure-file.js';
import { isFull } from '../checks/require-valid.js';
import { encoderArgs } from './encoder-args.js';

/** One run of FFmpeg over all pictures of a segment. */
export interface EncodingPass {
  /** The encoder's arguments up to the output. */
  encoder: string[];
  /** Where it writes, as a name of ours relative to the working folder. */
  output: string;
  /** Share of the whole work that lies before this pass, and what it is itself. */
  done: number;
  share: number;
}

const STATS = 'look';
const FIRST_LOOK = 'first-look.mp4';
/** The first look of x264 and libvpx is a fast one. */
const FIRST_SHARE = 0.35;

/**
 * Encodes a segment in as many looks as its order says; `encodeOnce` draws all its pictures for each of them. Looks
 * are taken per segment: what a segment is like never depends on another one, so that an edit renders only what
 * it changes. Where the order names a quality rather than a bit rate, the second look distributes, with all
 * known of the segment, what the first one needed for that quality.
 */
export async function encodeInPasses(
  {
    render,
    preset,
    frames,
    hardware,
  }: {
    render: RenderSpec;
    preset: string;
    frames: number;
    hardware?: HardwareDevice | undefined;
  },
  { folder, output }: { folder: string; output: string },
  encodeOnce: (pass: EncodingPass) => Promise<void>,
): Promise<void> {
  const encode = (pass: EncodingPass) => encodeOnce(pass).catch(orFullDisk(folder));
  const request = { ...render, preset };
  const { twoPass, codec, crf } = encodingOf(render);
  if (!twoPass || hardware) {
    const encoder = hardware ? hardwareArgs(hardware, render) : encoderArgs(request);
    await encode({ encoder, output, done: 0, share: 1 });
    return;
  }
  const first = encoderArgs(request, { pass: 1, stats: STATS });
  await encode({ encoder: first, output: FIRST_LOOK, done: 0, share: FIRST_SHARE });
  // libvpx holds a quality over two looks by itself; x264 and x265 want to know what to come to.
  const asksForRate = crf > 0 && codec !== 'vp9';
  const bitsPerSecond = asksForRate
    ? await bitRateOf(path.join(folder, FIRST_LOOK), frames, render)
    : undefined;
  const look = { pass: 2, stats: STATS, ...(bitsPerSecond === undefined ? {} : { bitsPerSecond }) };
  const second = encoderArgs(request, { ...look, pass: 2 });
  await encode({ encoder: second, output, done: FIRST_SHARE, share: 1 - FIRST_SHARE });
}

/** Encoders do not say that it is the disk which keeps them from writing what they have seen. */
function orFullDisk(folder: string): (error: unknown) => Promise<never> {
  return async (error) => {
    if (!isRefusal(error) || !(await isFull(folder))) throw error;
    throw new Failure('OutOfDiskSpace', 'The disk is full.', { cause: error });
  };
}

/** A still needs next to nothing, and an encoder refuses less than this. */
const LEAST_BITS_PER_SECOND = 16_000;

async function bitRateOf(file: string, frames: number, render: RenderSpec): Promise<number> {
  const { size } = await stat(file);
  const { numerator, denominator } = rateOf(render);
  const seconds = (frames * denominator) / numerator;
  return Math.max(LEAST_BITS_PER_SECOND, Math.round((size * 8) / seconds));
}
