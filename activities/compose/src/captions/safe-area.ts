import { PLATFORMS, type RenderSpec, type SafeArea } from '@aura/proto';

const UNKNOWN: SafeArea = { top: 0.07, right: 0.06, bottom: 0.08, left: 0.06 };
/** For no platform in particular: phone apps lay their controls over the lower quarter. */
const TALL: SafeArea = { ...UNKNOWN, top: 0.12, bottom: 0.26 };

/** The shares of the frame at its edges that no text stands in. */
export function safeAreaOf({
  widthPx,
  heightPx,
  platform,
}: Pick<RenderSpec, 'widthPx' | 'heightPx' | 'platform'>): SafeArea {
  const known = Object.entries(PLATFORMS).find(([name]) => name === platform)?.[1];
  return known?.safeArea ?? (heightPx > widthPx * 1.5 ? TALL : UNKNOWN);
}
