import type { Reach } from './entry.js';

export type AudienceKind = 'general' | 'children' | 'expert';

export function audienceKind(audience: string): AudienceKind {
  if (
    /\b(?:kids?|child(?:ren)?|toddlers?|pupils?|preschool\w*|primary|young|little ones|boys|girls|teens?|teenagers?)\b/i.test(
      audience,
    )
  )
    return 'children';
  if (
    /\b(?:experts?|professionals?|specialists?|engineers?|scientists?|researchers?|academics?|doctors?|advanced|technical)\b/i.test(
      audience,
    )
  )
    return 'expert';
  return 'general';
}

/** Children get short definitions in plain words, experts get all of them; nobody gets one that no scene holds. */
export function reachOf(audience: string, longest: number): Reach {
  const reach = reachFor(audience);
  return { ...reach, maxCharacters: Math.min(reach.maxCharacters, Math.max(80, longest)) };
}

function reachFor(audience: string): Reach {
  const kind = audienceKind(audience);
  if (kind === 'children') return { maxCharacters: 110, taxonomy: false };
  return kind === 'expert'
    ? { maxCharacters: 200, taxonomy: true }
    : { maxCharacters: 150, taxonomy: false };
}
