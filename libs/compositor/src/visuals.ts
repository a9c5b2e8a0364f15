import { fillFrame, frameBytes, planesAt, takeFrame, type Size } from './frame-planes.js';
import type { ShownVisual } from './frame-state.js';
import type { Kernel } from './kernel.js';
import type { RenderPlan } from './render-plan.js';
import {
  drawWindow,
  loadStill,
  takeStill,
  takeWindowTools,
  type LoadedStill,
} from './window-draw.js';

/** Copies the next frame of a clip into the memory given; false where the clip has ended. */
export type ReadClip = (clip: number, into: Uint8Array) => Promise<boolean>;

/** Draws what fills the frame, at an address. */
export type DrawVisual = (shown: ShownVisual, to: number) => Promise<void>;

/** Takes the memory that the visuals of a plan need. `rows` has room for two rows of any still. */
export function visualsOf(
  kernel: Kernel,
  plan: RenderPlan,
  { rows, readClip }: { rows: number; readClip: ReadClip },
): DrawVisual {
  const size: Size = { widthPx: plan.widthPx, heightPx: plan.heightPx };
  const tools = takeWindowTools(kernel, size);
  const stills = plan.stills.map((still) => takeStill(kernel, still));
  const clips = plan.clips.map(() => ({ at: takeFrame(kernel, size), frame: -1 }));
  const loaded = new Set<LoadedStill>();

  async function drawClip(clip: number, clipFrame: number, to: number): Promise<void> {
    const shown = clips[clip];
    if (!shown) throw new TypeError(`there is no clip ${clip}`);
    while (shown.frame < clipFrame) {
      await readClip(clip, kernel.bytes(shown.at, frameBytes(size)));
      shown.frame += 1;
    }
    kernel.copyRows(shown.at, 0, to, 0, frameBytes(size), 1);
  }

  return async ({ layer, window, clipFrame = 0 }, to) => {
    const source = plan.visuals[layer]?.source ?? { colour: '#000000' };
    if ('colour' in source) return fillFrame(kernel, to, { size, colour: source.colour });
    if ('clip' in source) return drawClip(source.clip, clipFrame, to);
    const [still, picture] = [stills[source.still], plan.stills[source.still]];
    if (!still || !picture) throw new TypeError(`there is no still ${source.still}`);
    if (!loaded.has(still)) loadStill(kernel, still, { still: picture, rows });
    loaded.add(still);
    drawWindow(kernel, still, { window, tools, to: planesAt(to, size) });
  };
}
