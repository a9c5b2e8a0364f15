import type { FrameFacts } from './frame-facts.js';
import { frameBytes, planesAt, takeFrame, type Size } from './frame-planes.js';
import { stateAt, type FrameState, type ShownSprite } from './frame-state.js';
import { frameWatch } from './frame-watch.js';
import { newKernel, type Kernel } from './kernel.js';
import type { RenderPlan } from './render-plan.js';
import { drawSprite, loadSprite, takeSprite, type LoadedSprite } from './sprite-draw.js';
import { drawTransition, transitionRoomBytes } from './transition.js';
import { visualsOf, type ReadClip } from './visuals.js';

/** Draws the frames of a plan, one after the other. */
export interface Painter {
  /** The frame's bytes; they stay until `paint` was asked twice more. */
  paint(frame: number): Promise<Uint8Array>;
  facts(): FrameFacts;
}

/** Takes all the memory that a plan needs from a kernel, at once. Errors: InsufficientMemory. */
export function painterOf(plan: RenderPlan, readClip: ReadClip, kernel = newKernel()): Painter {
  const canvas = canvasOf(kernel, plan, readClip);
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
        await canvas.visuals(state, { to, keeps });
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

function canvasOf(kernel: Kernel, plan: RenderPlan, readClip: ReadClip) {
  const size: Size = { widthPx: plan.widthPx, heightPx: plan.heightPx };
  const sprites = plan.sprites.map((sprite) => takeSprite(kernel, sprite));
  const room = takeSprite(kernel, largest(plan.sprites));
  const rows = kernel.take(8 * Math.max(2, widest([...plan.stills, ...plan.sprites]) + 2));
  const weights = kernel.take(transitionRoomBytes(size));
  const [before, after, base] = [
    takeFrame(kernel, size),
    takeFrame(kernel, size),
    takeFrame(kernel, size),
  ];
  const drawVisual = visualsOf(kernel, plan, { rows, readClip });
  if (plan.visuals.some(({ transition }) => transition?.linearLight)) {
    kernel.lightTables(kernel.take(LIGHT_TABLE_BYTES));
  }
  const loaded = new Set<LoadedSprite>();
  let isKept = false;

  async function mixed(state: FrameState, to: number): Promise<void> {
    const transition = plan.visuals[state.visual.layer]?.transition;
    if (!state.before || !transition) return drawVisual(state.visual, to);
    await drawVisual(state.before, before);
    await drawVisual(state.visual, after);
    const between = { before, after, out: to, room: weights, size };
    drawTransition(kernel, between, { transition, share: state.share });
  }

  return {
    /** Visuals that stay the same are drawn once, beside the frame, and copied. */
    async visuals(state: FrameState, { to, keeps }: { to: number; keeps: boolean }): Promise<void> {
      if (keeps && !isKept) await mixed(state, base);
      isKept = keeps;
      if (keeps) kernel.copyRows(base, 0, to, 0, frameBytes(size), 1);
      else await mixed(state, to);
    },
    sprite({ sprite: index, place }: ShownSprite, to: number): void {
      const [sprite, picture] = [sprites[index], plan.sprites[index]];
      if (!sprite || !picture) throw new TypeError(`there is no sprite ${index}`);
      if (!loaded.has(sprite)) loadSprite(kernel, sprite, { sprite: picture, rows });
      loaded.add(sprite);
      drawSprite(kernel, sprite, { to: planesAt(to, size), place, room });
    },
  };
}

const LIGHT_TABLE_BYTES = 2 * (256 + 4_096);

function largest(sizes: readonly Size[]): Size {
  return {
    widthPx: widest(sizes),
    heightPx: sizes.reduce((most, { heightPx }) => Math.max(most, heightPx), 2),
  };
}

function widest(sizes: readonly Size[]): number {
  return sizes.reduce((most, { widthPx }) => Math.max(most, widthPx), 2);
}
