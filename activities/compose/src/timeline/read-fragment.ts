import type { Caption, EncodeSegmentRequest } from '@aura/proto';
import type { ArtifactStore } from '@aura/storage';
import { captionsIn, fragmentOfShot, type Fragment } from '@aura/timeline';
import { creditOverlay } from '../overlays/credit-overlay.js';
import { ownTimeline } from './own-timeline.js';
import { areBurned, captionsOfNarrations, captionsOfShot } from './shown-captions.js';

/**
 * All that shows in the segment that is asked for; equal values look alike.
 * Errors: NarrationInvalid, ArtifactGone, BlobCorrupt.
 */
export async function readFragment(
  store: ArtifactStore,
  request: EncodeSegmentRequest,
): Promise<Fragment> {
  const own = await ownTimeline(store, request.timeline);
  const given = own?.captions.length ? own.captions : undefined;
  const { render, style, shot, previous, place } = request;
  const captions = areBurned(style?.captions) ? await captionsShown(store, request, given) : [];
  const fragment = fragmentOfShot({
    render,
    style,
    shot,
    previous,
    place,
    overlays: own?.overlays,
    captions,
  });
  const credit = creditOverlay(request, fragment);
  return credit ? { ...fragment, overlays: [...fragment.overlays, credit] } : fragment;
}

/** In frames of the segment. */
async function captionsShown(
  store: ArtifactStore,
  { render, shot, place, narrations }: EncodeSegmentRequest,
  given: readonly Caption[] | undefined,
): Promise<Caption[]> {
  const span = { start: place?.start ?? 0, frames: shot.frames };
  if (given) return captionsIn(given, span);
  if (!narrations) return captionsOfShot(store, shot, { render, start: 0 });
  const ofFilm = await captionsOfNarrations(store, narrations.narrations, { shot, render });
  return captionsIn(ofFilm, span);
}
