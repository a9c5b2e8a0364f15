/** What was seen in the frames of a run while they were drawn. Stretches of frames, the end left out. */
export interface FrameFacts {
  frames: number;
  /** Nearly all of the picture is black. */
  blacks: Stretch[];
  /** The picture behind captions and overlays does not move, nor does any of these. */
  freezes: Stretch[];
}

export interface Stretch {
  from: number;
  to: number;
}

/** Collects frames for which something is so. */
export function stretches() {
  const found: Stretch[] = [];
  return {
    note(frame: number, isSo: boolean): void {
      const last = found.at(-1);
      if (!isSo) return;
      if (last?.to === frame) last.to = frame + 1;
      else found.push({ from: frame, to: frame + 1 });
    },
    found,
  };
}
