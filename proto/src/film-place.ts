import type { FilmStyle, Overlay } from '../gen/aura/v1/timeline.js';

/** Whether what a style lays over its film looks otherwise in one place of the film than in another. */
export function needsPlace(style: FilmStyle | undefined): boolean {
  return (style?.overlays ?? []).some(changesWithTime);
}

/** Whether an overlay is the same wherever in the film one looks. */
export function changesWithTime({ kind, start, frames, animation, place }: Overlay): boolean {
  if (kind === 'progress' || kind === 'clip') return true;
  const comesOrGoes = animation !== '' && animation !== 'none';
  return start > 0 || frames > 0 || comesOrGoes || (place?.toAnchor ?? '') !== '';
}
