/** How long the segments of a media playlist last, in ms, rounded as far as playlists are exact. */
export function segmentLengths(playlist: string): number[] {
  return [...playlist.matchAll(/^#EXTINF:([\d.]+)/gm)].map(([, seconds]) =>
    Math.round(Number(seconds) * 1_000),
  );
}
