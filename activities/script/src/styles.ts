/** The styles that scripts are written in. */
export const STYLES = ['documentary', 'tutorial', 'listicle', 'news', 'story', 'promo'] as const;
export type StyleName = (typeof STYLES)[number];

/** Words by which people ask for a style; the first match counts. Word beginnings, lower case. */
const ALIASES: [StyleName, RegExp][] = [
  [
    'tutorial',
    /\b(?:tutorial|how.?to|lesson|guide|course|instruction|educat|training|explain|class|learn|teach|step)/,
  ],
  ['listicle', /\b(?:listicle|list|top.?\d+|countdown|ranking|facts|tips|trivia)/],
  ['news', /\b(?:news|report|bulletin|briefing|journal|update|press|current affairs|broadcast)/],
  [
    'story',
    /\b(?:stor(?:y|ies)|narrative|tale|drama|cinematic|fiction|fairy|fantasy|bedtime|adventure|biograph)/,
  ],
  [
    'promo',
    /\b(?:promo|advert|ad\b|ads\b|commercial|marketing|trailer|teaser|sales|pitch|product|brand|social|viral|energetic|hype|launch)/,
  ],
  [
    'documentary',
    /\b(?:documentar|docu\b|informative|factual|history|nature|science|serious|calm|neutral|professional|default|general|standard|modern)/,
  ],
];

export interface StyleChoice {
  style: StyleName;
  /** The asked style was none of ours and was mapped to the nearest. */
  mapped: boolean;
}

/** The style that is nearest to what was asked for; documentary where nothing was. */
export function styleFor(asked: string): StyleChoice {
  const wish = asked.trim().toLowerCase();
  if (wish === '') return { style: 'documentary', mapped: false };
  const exact = STYLES.find((style) => style === wish);
  if (exact) return { style: exact, mapped: false };
  const near = ALIASES.find(([, words]) => words.test(wish));
  return { style: near?.[0] ?? 'documentary', mapped: true };
}
