import {
  QUEUES,
  type AssembleFilmRequest,
  type EncodeSegmentRequest,
  type Film,
  type Segment,
} from '@aura/proto';
import { compose } from './activities.js';
import { onGpuQueue } from './gpu-queue.js';
import { unitOptions } from './options.js';
import { call, failingAs, type Production } from './production.js';
import { encodingTimeMs } from './shots.js';

/** Of the small film that shows while the others are made. */
export const PREVIEW_LABEL = 'preview';

/** Tells one film of a job from its others, in the ids of activities; empty for the film itself. */
export interface FilmLabel {
  label: string;
}

/** On the GPU queue where preflight saw a GPU worker; on the CPU queue else, when none takes it in time, or where the order says so. */
export async function encode(
  production: Production,
  request: Omit<EncodeSegmentRequest, 'job'>,
  { label }: FilmLabel,
): Promise<Segment> {
  const { chronicle, order } = production;
  const { job } = order;
  const { shot, render } = request;
  const on = (queue: 'compose-cpu' | 'compose-gpu', waitMs?: number) =>
    compose.encodeSegment.executeWithOptions(
      {
        ...unitOptions('encodeSegment', QUEUES[queue], {
          ...call(production, `${shot.sceneId} · encode${labelled(label)}`),
          activityId: `encode ${shot.sceneId} ${queue === 'compose-gpu' ? 'gpu' : 'cpu'}${labelled(label)}`,
          extraTimeMs: encodingTimeMs(shot.frames, render),
        }),
        ...(waitMs ? { scheduleToStartTimeout: waitMs } : {}),
        ...firstOf(label),
      },
      [{ job, ...request }],
    );
  const place = { unit: 'encodeSegment', sceneId: shot.sceneId, label } as const;
  const encoded = async () => {
    if (render.hardware === 'none') return on('compose-cpu');
    const segment = await onGpuQueue(production, shot.sceneId, {
      isStrict: render.hardware === 'nvidia',
      encodeWithin: (waitMs) => on('compose-gpu', waitMs),
    });
    return segment ?? on('compose-cpu');
  };
  return failingAs({ ...place, ...job }, () => chronicle.units.of(place, encoded));
}

export function assemble(
  production: Production,
  request: Omit<AssembleFilmRequest, 'job'>,
  { label }: FilmLabel,
): Promise<Film> {
  const { chronicle, order } = production;
  const { job } = order;
  const { render, shots } = request;
  const frames = shots.reduce((sum, shot) => sum + shot.frames, 0);
  const place = { unit: 'assembleFilm', sceneId: '', label } as const;
  const assembled = () =>
    compose.assembleFilm.executeWithOptions(
      {
        ...unitOptions('assembleFilm', QUEUES['compose-cpu'], {
          ...call(production, `Join, master, check${labelled(label)}`),
          activityId: `assemble${labelled(label)}`,
          extraTimeMs: encodingTimeMs(frames, render),
        }),
        ...firstOf(label),
      },
      [{ job, ...request }],
    );
  return failingAs({ ...place, ...job }, () => chronicle.units.of(place, assembled));
}

/** Somebody waits for a preview, and it is small: it goes before all that waits for a worker (1; usual is 3). */
function firstOf(label: string): { priority?: { priorityKey: number } } {
  return label === PREVIEW_LABEL ? { priority: { priorityKey: 1 } } : {};
}

function labelled(label: string): string {
  return label && ` ${label}`;
}
