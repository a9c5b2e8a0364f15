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

/** Children get short definitions in plain words, experts get all of them. */
export function reachOf(audience: string): Reach {
  const kind = audienceKind(audience);
  if (kind === 'children') return { maxCharacters: 110, taxonomy: false };
  return kind === 'expert'
    ? { maxCharacters: 200, taxonomy: true }
    : { maxCharacters: 150, taxonomy: false };
}
