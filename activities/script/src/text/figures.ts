/** A figure that deserves a card of its own: as it is written, and what it counts. */
export interface Figure {
  figure: string;
  unit: string;
}

const SCALE = String.raw`(?:\s?(?:million|billion|trillion|thousand|hundred|millones|millón|mil|millions?|milliards?|Millionen|Milliarden|miljoen|miljard|mln|mld|млн|млрд|миллион\p{L}*|миллиард\p{L}*|тысяч\p{L}*|milhões|milioni|miliardi|milyon|milyar|tys\.?))?`;
const UNIT = String.raw`(?:\s?(?:%|percent|per cent|Prozent|pour cent|por ciento|per cento|por cento|procent|procent\p{L}*|процент\p{L}*|°\s?[CF]|€|\$|£|km/h|mph|km²|km|kg|cm|mm|m²|m|g|t|kW|MW|GW|kWh)(?![\p{L}\p{N}]))?`;
const FIGURE = new RegExp(
  String.raw`(?<![\p{L}\p{N}.,:/-])((?:[€$£]\s?)?\d{1,3}(?:[.,  ]\d{3})+(?:[.,]\d{1,2})?|(?:[€$£]\s?)?\d+(?:[.,]\d+)?)(${SCALE}${UNIT})(?![\p{L}\p{N}:/]|[.,]\d)(?:\s+([\p{L}][\p{L}\p{M}'’-]*(?:\s+[\p{L}][\p{L}\p{M}'’-]*)?))?`,
  'gu',
);
const NO_UNIT =
  /^(?:and|or|to|of|in|on|at|is|are|was|were|the|a|an|by|for|with|from|as|that|which|who|but|und|oder|bis|et|ou|à|y|o|e|i|и|до|januar|february|january|march|april|may|june|july|august|september|october|november|december|bc|ad|bce|ce|am|pm|uhr)$/i;

/** The first figure of a text that counts or measures something; years, dates and list numbers do not. */
export function figureIn(text: string): Figure | undefined {
  for (const match of text.matchAll(FIGURE)) {
    const [, number = '', tail = '', after = ''] = match;
    const words = after.split(/\s+/).filter(Boolean);
    const unit = words[0] && !NO_UNIT.test(words[0]) ? unitOf(words) : '';
    const isYear = /^(?:1[0-9]|20)\d\d$/.test(number) && tail.trim() === '';
    if (isYear || (tail.trim() === '' && (unit === '' || Number(number.replace(/[^\d]/g, '')) < 3)))
      continue;
    return {
      figure: `${number}${tail}`.replace(/\s+/g, ' ').trim().slice(0, 24),
      unit: unit.slice(0, 32),
    };
  }
  return undefined;
}

function unitOf(words: readonly string[]): string {
  const [first = '', second = ''] = words;
  const isAdjective =
    /(?:al|ic|ous|ive|ed|ful|ent|ant|ish|ent|able|er|young|old|new|small|large|big|long|different|wild|human)$/i.test(
      first,
    );
  return isAdjective && second !== '' && !NO_UNIT.test(second) ? `${first} ${second}` : first;
}
