import { articleFor, listed } from '../english/words.js';

const ORDINALS = [
  '',
  'first',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
  'tenth',
];

/** What a dictionary's gloss holds, made fit to be read aloud. */
export interface Gloss {
  definition: string;
  asides: string[];
  examples: string[];
  label: string;
}

/**
 * Takes a gloss apart: an optional label "(physics)", the definition, further clauses after semicolons,
 * and examples in quotation marks. Nothing is added; what cannot be read aloud (life dates, brackets that
 * only hedge) is left out, so what remains is never more than the dictionary says.
 */
export function splitGloss(raw: string): Gloss {
  const quoteAt = raw.search(/(?:^|[;:,]\s*)"/);
  const wording = quoteAt >= 0 ? raw.slice(0, quoteAt) : raw;
  const examples = quoteAt >= 0 ? quoted(raw.slice(quoteAt)) : [];
  const [, label = '', rest = wording] = /^\(([^)]{2,40})\)\s*(.*)$/.exec(wording.trim()) ?? [];
  const [definition = '', ...asides] = clauses(inclusive(rest)).map(readable).filter(Boolean);
  return { definition, asides, examples, label };
}

/** "reptiles including: dinosaurs; plesiosaurs" → "reptiles including dinosaurs and plesiosaurs". */
function inclusive(wording: string): string {
  const found = /^(.*?)[,;]? (including|such as):\s*(.+)$/.exec(wording);
  if (!found) return wording;
  const [, before = '', word = '', tail = ''] = found;
  const items = tail
    .split(/\s*[;,]\s*/)
    .filter((item) => item.split(' ').length <= 3 && item.length > 2);
  return items.length > 0 ? `${before}, ${word} ${listed(items.slice(0, 5))}` : before;
}

/** Wording as a voice can read it. */
export function readable(clause: string): string {
  return clause
    .replace(/`([^'`]+)'/g, '“$1”')
    .replace(/"([^"]+)"/g, '“$1”')
    .replace(/\s*\(((?:usually|often|sometimes|mainly|chiefly) [^()]{2,30})\)(?= [a-z])/g, ' $1')
    .replace(/\s*\(([^()]*)\)/g, (_all, inner: string) => bracket(inner))
    .replace(/\s*[([][^()[\]]*[)\]]/g, '')
    .replace(/,?\s*\be\.?g\.,?\s*/g, ', for example, ')
    .replace(/\bi\.e\.,?/g, 'that is,')
    .replace(/,?\s*\betc\b\.?/g, ' and so on')
    .replace(/\besp\./g, 'especially')
    .replace(/\bthe U\.S\.(?!\w)/g, 'the United States')
    .replace(
      /(?<!\bthe )\bUnited States (?=[a-z])(?!(?:of|and|in|by|to|or|as|with|for|from|at|on|is|was|that|which) )/g,
      'American ',
    )
    .replace(
      /\b([12]?[1-9])(?:st|nd|rd|th)\b(?= (?:from|largest|smallest|highest|longest|letter|day|month|planet|book))/g,
      (all, n: string) => ORDINALS[Number(n)] ?? all,
    )
    .replace(
      /\b(an?) (?=([A-Za-z][\w-]*))/g,
      (_all, _article: string, word: string) => `${articleFor(word)} `,
    )
    .replace(/\b[\w-]+(?: and [\w-]+){2,}\b/g, (chain) => withCommas(chain, 'and'))
    .replace(/\b[\w-]+(?: or [\w-]+){2,}\b/g, (chain) => withCommas(chain, 'or'))
    .replace(/\bcostal\b/g, 'coastal')
    .replace(/\bof from\b/g, 'or from')
    .replace(/\s+([,.;:])/g, '$1')
    .replace(/,(?:\s*,)+/g, ',')
    .replace(/\s{2,}/g, ' ')
    .replace(/^[\s,:;.-]+|[\s,:;.-]+$/g, '');
}

/** "actions and knowledge and devotion" → "actions, knowledge and devotion". */
function withCommas(chain: string, conjunction: string): string {
  const items = chain.split(` ${conjunction} `);
  return `${items.slice(0, -1).join(', ')} ${conjunction} ${items.at(-1)}`;
}

function bracket(inner: string): string {
  const kept =
    /^(especially|usually|often|sometimes|mainly|chiefly|typically|generally|including|or)\b/;
  if (inner.length > 60 || /\d/.test(inner)) return '';
  if (
    /^as (?:an?|the|in|on|at|by|of|to|for|from|with|when|if|well|opposed|distinguished|used|contrasted|well|it|they|one|part) /.test(
      inner,
    )
  )
    return '';
  if (/^(as|like) /.test(inner)) return `, ${inner.replace(/^(as|like)/, 'such as')},`;
  return kept.test(inner) ? `, ${inner},` : '';
}

/** Splits at semicolons outside brackets. */
function clauses(wording: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < wording.length; at++) {
    const character = wording[at];
    if (character === '(') depth++;
    if (character === ')') depth = Math.max(0, depth - 1);
    if (character === ';' && depth === 0) {
      found.push(wording.slice(start, at));
      start = at + 1;
    }
  }
  return [...found, wording.slice(start)];
}

/** Examples without their authors' names: those with one are left out, since we cannot check them. */
function quoted(part: string): string[] {
  const found: string[] = [];
  for (const [, text = '', tail = ''] of part.matchAll(/"([^"]+)"([^";]*)/g)) {
    if (!/[-–]\s*[A-Z]/.test(tail)) found.push(text.replace(/`([^'`]+)'/g, '‘$1’').trim());
  }
  return found;
}
