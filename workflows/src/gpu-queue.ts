import { patched } from '@temporalio/workflow';
import type { PreflightReport, Segment } from '@aura/proto';
import type { Chronicle } from './chronicle.js';
import { isUnclaimed } from './failures.js';
import { Gate } from './gate.js';

/** A film that may be encoded on GPUs. */
export interface GpuFilm {
  plan: PreflightReport;
  chronicle: Chronicle;
  gpuGate: Gate;
}

/**
 * So many segments of a film are on the GPU queue at a time; the others wait in the workflow, where waiting is no
 * sign that nobody serves the queue.
 */
const SEGMENTS_AT_ONCE = 2;

export function newGpuGate(): Gate {
  return new Gate(SEGMENTS_AT_ONCE);
}

export interface GpuOrder {
  /** Nobody else may encode it: where no worker takes it in time the film fails. */
  isStrict: boolean;
  encodeWithin: (waitMs: number) => Promise<Segment>;
}

/**
 * Encodes a segment on the GPU queue; undefined where it is left to the CPU queue, because preflight saw no GPU
 * worker or none takes a segment in time. Who has another segment of the film ahead waits for as long again.
 */
export async function onGpuQueue(
  film: GpuFilm,
  sceneId: string,
  { isStrict, encodeWithin }: GpuOrder,
): Promise<Segment | undefined> {
  if (!film.plan.gpu && !isStrict) return undefined;
  // Histories from before there was a gate had all their segments on the queue at once.
  const gate = patched('gpu-gate') ? film.gpuGate : new Gate(1);
  return gate.pass(async (ahead) => {
    if (!film.plan.gpu && !isStrict) return undefined;
    try {
      const segment = await encodeWithin(film.plan.limits.gpuWaitMs * (1 + ahead));
      const { hardware } = segment;
      film.chronicle.warn(...(hardware?.warnings ?? []));
      // The next segments are not tried there again: a film is encoded by one encoder in the end.
      if (hardware?.encoder === '') film.plan = { ...film.plan, gpu: false };
      return segment;
    } catch (error) {
      if (isStrict || !isUnclaimed(error)) throw error;
      film.plan = { ...film.plan, gpu: false }; // the next segments do not wait again
      film.chronicle.warn({
        code: 'GpuUnavailable',
        message:
          'No GPU worker took the segment in time: all are busy or gone. It is encoded by a CPU worker, as are those after it.',
        stage: 'compose',
        sceneId,
      });
      return undefined;
    }
  });
}

/** FFmpeg's name of the graphics hardware that has encoded a segment; empty for a processor. */
export function encoderOf({ hardware }: Pick<Segment, 'hardware'>): string {
  return hardware?.encoder ?? '';
}

/**
 * Which segments a processor has to encode anew, by index. Only what one encoder has made joins without encoding it
 * again; so one segment that hardware has failed in, or another kind of hardware, takes the others of its film along.
 */
export function segmentsToRedo(segments: readonly Pick<Segment, 'hardware'>[]): number[] {
  const encoders = segments.map(encoderOf);
  if (new Set(encoders).size <= 1) return [];
  return encoders.flatMap((encoder, index) => (encoder === '' ? [] : [index]));
}
