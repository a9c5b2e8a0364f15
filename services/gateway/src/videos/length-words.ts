/** How often a unit is meant, in words of English, German, French and Spanish. */
const NUMBERS = new Map<string, number>(
  [
    ['one ein eine einer einem einen eins un une una uno', 1],
    ['two zwei deux dos', 2],
    ['three drei trois tres', 3],
    ['four vier quatre cuatro', 4],
    ['five fünf cinq cinco', 5],
    ['six sechs seis', 6],
    ['seven sieben sept siete', 7],
    ['eight acht huit ocho', 8],
    ['nine neun neuf nueve', 9],
    ['ten zehn dix diez', 10],
    ['fifteen fünfzehn quinze quince', 15],
    ['twenty zwanzig vingt veinte', 20],
    ['thirty dreißig dreissig trente treinta', 30],
    ['forty vierzig quarante cuarenta', 40],
    ['forty-five fünfundvierzig quarante-cinq', 45],
    ['sixty sechzig soixante sesenta', 60],
    ['ninety neunzig quatre-vingt-dix noventa', 90],
    ['anderthalb eineinhalb', 1.5],
    ['zweieinhalb', 2.5],
    ['half half_a half_an halbe eine_halbe einer_halben demi une_demi medio media', 0.5],
  ].flatMap(([words, value]) =>
    String(words)
      .split(' ')
      .map((word): [string, number] => [word.replace('_', ' '), Number(value)]),
  ),
);

const UNITS = [
  ['seconds?|secs?|sek(?:unden?)?|sekündig(?:e[rsnm]?)?|secondes?|segundos?|seg', 1_000],
  ['minutes?|mins?|minuten?|minütig(?:e[rsnm]?)?|minutos?', 60_000],
  ['hours?|hrs?|stunden?|stündig(?:e[rsnm]?)?|heures?|horas?', 3_600_000],
  ['s', 1_000],
] as const;

const WORDS = [...NUMBERS.keys()].toSorted((a, b) => b.length - a.length).join('|');
const AMOUNT = `(?:\\d{1,4}(?:[.,]\\d{1,3})?|${WORDS})`;
const UNIT = `(?:${UNITS.map(([unit]) => unit).join('|')})`;
const HALF_MORE = '(?:\\s+(?:and a half|et demie?|y medi[ao]))?';
const PART = `${AMOUNT}${HALF_MORE}[\\s-]*${UNIT}(?!\\p{L})${HALF_MORE}`;

/** A length as people write it: "30 second", "1.5 min", "zweiminütiges", "1 minute and 30 seconds". */
export const LENGTH = `${PART}(?:\\s*(?:and|und|et|y)?\\s*\\d{1,3}[\\s-]*${UNIT}(?!\\p{L}))?`;

/** What people call a film when they ask for one. German puts words before it: Erklärvideo. */
export const FILM = `(?:[\\p{L}-]*(?:videos?|vidéos?|vídeos?|films?|clips?)|movies?|reels?|documentary|documentaire|documental|doku(?:mentation)?|tutorials?|listicle|report|reportage|bulletin|story|tale|promo|trailer|teaser|advert|ad|commercial|presentation|explainer|lesson|episode|spot|short|pel[ií]cula|court[ -]métrage|cortometraje|anuncio)`;

/** Milliseconds; undefined for what is no length. */
export function durationIn(length: string | undefined): number | undefined {
  if (length === undefined) return undefined;
  const parts = [
    ...length.matchAll(
      new RegExp(`(${AMOUNT})(${HALF_MORE})[\\s-]*(${UNIT})(?!\\p{L})(${HALF_MORE})`, 'giu'),
    ),
  ];
  const total = parts.reduce((sum, [, amount = '', half = '', unit = '', after = '']) => {
    const halves = (half + after).trim() === '' ? 0 : 0.5;
    return sum + (amountOf(amount) + halves) * unitMs(unit);
  }, 0);
  return total > 0 ? Math.round(total) : undefined;
}

function amountOf(amount: string): number {
  return NUMBERS.get(amount.toLowerCase()) ?? Number(amount.replace(',', '.'));
}

function unitMs(unit: string): number {
  const found = UNITS.find(([words]) => new RegExp(`^(?:${words})$`, 'iu').test(unit));
  return found?.[1] ?? 0;
}
