import type { FrameFacts } from './frame-facts.js';
import { fillFrame, frameBytes, planesAt, takeFrame, type Size } from './frame-planes.js';
import { stateAt, type FrameState, type ShownSprite, type ShownVisual } from './frame-state.js';
import { frameWatch } from './frame-watch.js';
import { newKernel, type Kernel } from './kernel.js';
import type { RenderPlan } from './render-plan.js';
import { drawSprite, loadSprite, takeSprite, type LoadedSprite } from './sprite-draw.js';
import { drawTransition, transitionRoomBytes } from './transition.js';
import {
  drawWindow,
  loadStill,
  takeStill,
  takeWindowTools,
  type LoadedStill,
} from './window-draw.js';

/** Draws the frames of a plan, one after the other. */
export interface Painter {
  /** The frame's bytes; they stay until `paint` was asked twice more. */
  paint(frame: number): Promise<Uint8Array>;
  facts(): FrameFacts;
}

/** Copies the next frame of a clip into the memory given; false where the clip has ended. */
export type ReadClip = (clip: number, into: Uint8Array) => Promise<boolean>;

/** Takes all the memory that a plan needs, at once. Errors: InsufficientMemory. */
export function painterOf(plan: RenderPlan, readClip: ReadClip): Painter {
  const kernel = newKernel();
  const canvas = canvasOf(kernel, plan);
  const watch = frameWatch(kernel, plan);
  const out = [takeFrame(kernel, plan), takeFrame(kernel, plan)] as const;
  let turn = 0;
  let last: FrameState | undefined;
  let lastKey = '';
  let lastVisual = '';

  return {
    async paint(frame) {
      const state = stateAt(plan, frame);
      const { sprites, ...visuals } = state;
      const [visual, key] = [JSON.stringify(visuals), JSON.stringify(state)];
      const isSame = key === lastKey;
      if (!isSame) {
        turn = 1 - turn;
        const to = out[turn] ?? out[0];
        const keeps = visual === lastVisual;
        await canvas.visuals(state, { to, keeps, readClip });
        watch.visual(keeps ? undefined : to);
        for (const sprite of sprites) canvas.sprite(sprite, to);
        watch.finished(frame, to, moved(sprites, last?.sprites ?? []));
      } else {
        watch.visual(undefined);
        watch.finished(frame, undefined, false);
      }
      [last, lastKey, lastVisual] = [state, key, visual];
      return kernel.bytes(out[turn] ?? out[0], frameBytes(plan));
    },
    facts: () => watch.facts(plan.frames),
  };
}

/** What is there for a while without change is no motion, nor is its coming and going. */
function moved(now: readonly ShownSprite[], before: readonly ShownSprite[]): boolean {
  return now.some((sprite) => {
    const then = before.find(({ layer }) => layer === sprite.layer);
    return then !== undefined && JSON.stringify(then) !== JSON.stringify(sprite);
  });
}

function canvasOf(kernel: Kernel, plan: RenderPlan) {
  const size: Size = { widthPx: plan.widthPx, heightPx: plan.heightPx };
  const tools = takeWindowTools(kernel, size);
  const stills = plan.stills.map((still) => takeStill(kernel, still));
  const sprites = plan.sprites.map((sprite) => takeSprite(kernel, sprite));
  const room = takeSprite(kernel, largest(plan.sprites));
  const rows = kernel.take(8 * Math.max(2, widest([...plan.stills, ...plan.sprites]) + 2));
  const weights = kernel.take(transitionRoomBytes(size));
  const [before, after, base] = [0, 1, 2].map(() => takeFrame(kernel, size)) as [
    number,
    number,
    number,
  ];
  const clipFrames = plan.clips.map(() => ({ at: takeFrame(kernel, size), frame: -1 }));
  if (plan.visuals.some(({ transition }) => transition?.linearLight)) {
    kernel.lightTables(kernel.take(512 + 2 * 4_096));
  }
  const loaded = new Set<LoadedStill | LoadedSprite>();
  let isKept = false;

  async function visual({ layer, window, clipFrame }: ShownVisual, to: number, readClip: ReadClip) {
    const source = plan.visuals[layer]?.source ?? { colour: '#000000' };
    if ('colour' in source) return fillFrame(kernel, to, { size, colour: source.colour });
    if ('clip' in source) {
      const shown = clipFrames[source.clip];
      if (!shown) throw new RangeError(`there is no clip ${source.clip}`);
      while (shown.frame < (clipFrame ?? 0)) {
        await readClip(source.clip, kernel.bytes(shown.at, frameBytes(size)));
        shown.frame += 1;
      }
      return kernel.copyRows(shown.at, 0, to, 0, frameBytes(size), 1);
    }
    const [still, picture] = [stills[source.still], plan.stills[source.still]];
    if (!still || !picture) throw new RangeError(`there is no still ${source.still}`);
    if (!loaded.has(still)) loadStill(kernel, still, { still: picture, rows });
    loaded.add(still);
    drawWindow(kernel, still, { window, tools, to: planesAt(to, size) });
  }

  async function mixed(state: FrameState, to: number, readClip: ReadClip): Promise<void> {
    const transition = plan.visuals[state.visual.layer]?.transition;
    if (!state.before || !transition) return visual(state.visual, to, readClip);
    await visual(state.before, before, readClip);
    await visual(state.visual, after, readClip);
    const between = { before, after, out: to, room: weights, size };
    drawTransition(kernel, between, { transition, share: state.share });
  }

  return {
    /** Visuals that stay the same are drawn once, beside the frame, and copied. */
    async visuals(
      state: FrameState,
      { to, keeps, readClip }: { to: number; keeps: boolean; readClip: ReadClip },
    ): Promise<void> {
      if (!keeps) {
        isKept = false;
        return mixed(state, to, readClip);
      }
      if (!isKept) await mixed(state, base, readClip);
      isKept = true;
      kernel.copyRows(base, 0, to, 0, frameBytes(size), 1);
    },
    sprite({ sprite: index, place }: ShownSprite, to: number): void {
      const [sprite, picture] = [sprites[index], plan.sprites[index]];
      if (!sprite || !picture) throw new RangeError(`there is no sprite ${index}`);
      if (!loaded.has(sprite)) loadSprite(kernel, sprite, { sprite: picture, rows });
      loaded.add(sprite);
      drawSprite(kernel, sprite, { to: planesAt(to, size), place, room });
    },
  };
}

function largest(sizes: readonly Size[]): Size {
  return {
    widthPx: widest(sizes),
    heightPx: sizes.reduce((most, { heightPx }) => Math.max(most, heightPx), 2),
  };
}

function widest(sizes: readonly Size[]): number {
  return sizes.reduce((most, { widthPx }) => Math.max(most, widthPx), 2);
}
