import type { Synset } from '../dictionary/synset.js';

/** Out of date in the definition itself, or by a remark that makes "inactive" and the like doubtful. */
export function isDated({ definition, asides }: Synset): boolean {
  if (isDatedText(definition)) return true;
  return (
    asides.some((aside) => isDatedText(aside)) &&
    /\b(?:active|inactive|dormant|extinct|president|leader|champion|minister)\b/.test(definition)
  );
}

export function isDatedText(text: string): boolean {
  return DATED.test(text);
}

/** What went out of date or cannot be known from here: not said. */
const DATED =
  /\b(?:last erupted|currently|nowadays|today|recently|now|at present|in the near future|still|since 19\d\d|population|world record|as of|the newest|latest|deposed|overthrown|nine large celestial|farthest known planet|Soviet|Yugoslav\w*|Czechoslovak\w*)\b/i;
