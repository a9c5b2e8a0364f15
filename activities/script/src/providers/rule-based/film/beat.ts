/** One or more ways to say one thing, best first. */
export interface Slot {
  options: string[];
  /** It may be left out to fit the length. */
  optional: boolean;
  /** What leaving it out costs, in ranks of preference; little for what only fills. */
  omission?: number;
}

export type SceneKind = 'title' | 'statement' | 'list' | 'number' | 'quote' | 'closing';

/** A scene before its wording is settled. */
export interface Beat {
  kind: SceneKind;
  heading: string;
  points: string[];
  slots: Slot[];
  keywords: string[];
  /** What the picture is about, in a few words. */
  sight: string;
}

/** A beat that may or may not be told. Higher priority first; `section` keeps what belongs together. */
export interface OptionalBeat {
  beat: Beat;
  section: string;
  priority: number;
  /** Names that it tells of, for the look back at the end. */
  names: string[];
}

export function slot(options: readonly string[], optional = false): Slot[] {
  return options.length > 0 ? [{ options: [...options], optional }] : [];
}

/** A line that only fills time: left out rather than any other. */
export function filler(options: readonly string[]): Slot[] {
  return options.length > 0 ? [{ options: [...options], optional: true, omission: 0.15 }] : [];
}
