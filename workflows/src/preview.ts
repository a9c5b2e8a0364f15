import { isCancellation } from '@temporalio/workflow';
import {
  changesWithTime,
  ROLLING_PREVIEW,
  type RenderSpec,
  type Script,
  type Segment,
  type Shot,
} from '@aura/proto';
import { assembleFilm } from './assemble.js';
import { encode, PREVIEW_LABEL } from './compose-stage.js';
import { isOurBug } from './failures.js';
import type { Production } from './production.js';
import type { FilmOrder } from './film-order.js';

/** Short side of a preview. */
const SHORT_SIDE_PX = 360;

/**
 * A small film of the first scenes while the others are still being made: of one, two, four … as they are there. It
 * runs beside the work and takes nothing from it but time; where it fails the job goes on without it.
 */
export class RollingPreview {
  private readonly shots: Shot[] = [];
  private readonly segments: Segment[] = [];
  private readonly film: FilmOrder;
  private scenes = 1;
  private isOver = false;
  private making: Promise<void> | undefined;

  constructor(
    private readonly production: Production,
    private readonly script: Script,
    film: FilmOrder,
  ) {
    this.film = {
      label: PREVIEW_LABEL,
      render: smallRender(film.render),
      style: standing(film.style),
    };
  }

  /** One more scene is there. */
  offer(shot: Shot): void {
    this.shots[shot.index] = shot;
    this.next();
  }

  /** No further one is begun; gives up waiting for none. */
  async settled(): Promise<void> {
    this.isOver = true;
    await this.making;
  }

  private next(): void {
    const missing = this.shots.findIndex((shot) => shot === undefined);
    const ready = missing < 0 ? this.shots.length : missing;
    if (this.isOver || this.making || ready < this.scenes) return;
    this.making = this.make(ready);
  }

  private async make(scenes: number): Promise<void> {
    const { production, script, film } = this;
    try {
      for (const shot of this.shots.slice(this.segments.length, scenes)) {
        this.segments.push(await this.encode(shot));
      }
      const shooting = { shots: this.shots.slice(0, scenes), segments: this.segments };
      const { video } = await assembleFilm(production, film, { script, shooting, own: undefined });
      production.chronicle.file({ kind: 'preview', label: ROLLING_PREVIEW, blob: video });
      this.scenes = scenes * 2;
      this.making = undefined;
      this.next();
    } catch (error) {
      if (isOurBug(error)) throw error;
      this.isOver = true;
      if (!isCancellation(error)) production.chronicle.warn(FAILED);
    }
  }

  private encode(shot: Shot): Promise<Segment> {
    const { render, style, label } = this.film;
    const previous = this.shots[shot.index - 1];
    const { language } = this.script;
    const request = { render, language, shot, ...(previous ? { previous } : {}) };
    return encode(this.production, { ...request, ...(style ? { style } : {}) }, { label });
  }
}

const FAILED = {
  code: 'PreviewFailed',
  message: 'The preview could not be made; the film is not touched by that.',
  stage: 'compose',
  sceneId: '',
};

/** The same shape and rate, small and quickly encoded. */
function smallRender({ widthPx, heightPx, fps, rate, aspect, platform }: RenderSpec): RenderSpec {
  const share = Math.min(1, SHORT_SIDE_PX / Math.min(widthPx, heightPx));
  const even = (px: number) => 2 * Math.round((px * share) / 2);
  return {
    widthPx: even(widthPx),
    heightPx: even(heightPx),
    fps,
    aspect,
    quality: 'draft',
    hardware: 'none',
    ...(rate ? { rate } : {}),
    ...(platform ? { platform } : {}),
  };
}

/** Where a scene will stand in its film is not known yet, so nothing is shown that follows the film's clock. */
function standing(style: FilmOrder['style']): FilmOrder['style'] {
  if (!style) return undefined;
  const overlays = style.overlays.filter((overlay) => !changesWithTime(overlay));
  const { sound: _later, ...seen } = style;
  return { ...seen, overlays };
}
