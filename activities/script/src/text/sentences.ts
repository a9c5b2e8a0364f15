/** Shortened words after which a full stop does not end a sentence, per language and for all. */
const ABBREVIATIONS: Record<string, string> = {
  en: 'mr mrs ms dr prof st jr sr vs etc inc ltd co no vol fig approx dept est gen gov sgt capt lt col rev hon mt e.g i.e a.m p.m u.s u.k u.n',
  de: 'z.b d.h u.a bzw ca dr prof nr str evtl ggf inkl usw vgl hr fr st bd s.o s.u o.ä i.d.r jh chr',
  fr: 'm mm mme mlle dr prof st ste av apr env etc p.ex c.-à-d chap art vol',
  es: 'sr sra srta dr dra ud uds etc p.ej pág núm art vol av a.c d.c ee.uu',
  it: 'sig sig.ra dott prof ecc es pag art vol av d.c a.c',
  pt: 'sr sra dr dra prof etc p.ex pág núm art vol av a.c d.c',
  nl: 'dhr mevr dr prof bijv bv enz o.a d.w.z nr blz ca jl st',
  pl: 'np tj itd itp m.in prof dr ul nr str tzn ok im św',
  ru: 'т.е т.д т.п др г гг в вв им ул рис стр см напр проф акад тыс млн млрд',
  el: 'κ κα δρ π.χ δηλ κ.λπ κ.ά αρ σελ',
  tr: 'dr prof sn örn vb vs bkz yy no cad sok',
};

/** Beyond this a sentence is ended at the next chance, so that splitting stays linear for any input. */
const MAX_PIECE = 2_000;

const ENDS = /[.!?…。！？｡؟।॥։۔]["'”’»」』）)\]]*$/u;

/**
 * Splits running text into sentences by the language's rules, in linear time. Decimals, initials and
 * abbreviations do not end one. A run without an ending is one sentence; pieces without words are dropped.
 */
export function sentencesOf(text: string, language: string): string[] {
  const found: string[] = [];
  let open = '';
  for (const segment of segmentsOf(text, language)) {
    open += segment;
    const piece = open.trim();
    const goesOn = !segment.includes('\n') && !endsSentence(piece, language);
    if (piece === '' || (goesOn && piece.length < MAX_PIECE)) continue;
    found.push(piece);
    open = '';
  }
  if (open.trim() !== '') found.push(open.trim());
  return joinStrays(found);
}

/** Windows that the segmenter is given: its cost per sentence grows with the length of what it is given. */
const WINDOW = 1_500;

function* segmentsOf(text: string, language: string): Generator<string> {
  const segmenter = segmenterFor(language);
  for (let from = 0; from < text.length;) {
    const window = text.slice(from, from + WINDOW);
    const part = from + WINDOW < text.length ? window.slice(0, lastEnd(window)) : window;
    for (const { segment } of segmenter.segment(part)) yield segment;
    from += part.length;
  }
}

/** After the last full stop in the window and what belongs to it; the window's end where there is none. */
function lastEnd(window: string): number {
  const at = Math.max(...Array.from('.!?…。！？؟।;\n', (stop) => window.lastIndexOf(stop)));
  if (at < WINDOW / 3) return Math.max(window.lastIndexOf(' ') + 1, WINDOW / 2);
  return at + 1 + (/^["'”’»」』）)\]\s]*/u.exec(window.slice(at + 1))?.[0].length ?? 0);
}

/** Whether the text ends as sentences do, in any writing system. */
export function endsLikeSentence(text: string): boolean {
  return ENDS.test(text.trimEnd());
}

function endsSentence(piece: string, language: string): boolean {
  if (language.startsWith('el') && /[;·]$/.test(piece)) return piece.endsWith(';');
  if (!ENDS.test(piece)) return false;
  if (!piece.endsWith('.')) return true;
  const last = /([\p{L}\p{N}.-]+)\.$/u.exec(piece.slice(-24))?.[1]?.toLowerCase() ?? '';
  if (last.length === 1 && /\p{L}/u.test(last))
    return last === 'i' || (piece.length > 60 && !/\s\p{Lu}\.$/u.test(piece));
  return !abbreviationsOf(language).has(last);
}

/** Pieces without a letter or a digit belong to the sentence before (closing quotes, dashes). */
function joinStrays(pieces: string[]): string[] {
  const joined: string[] = [];
  for (const piece of pieces) {
    if (/[\p{L}\p{N}]/u.test(piece)) joined.push(piece);
    else if (joined.length > 0 && /^["'”’»」』）)\].!?…]+$/u.test(piece))
      joined.push(joined.pop() + piece);
  }
  return joined;
}

const segmenters = new Map<string, Intl.Segmenter>();

function segmenterFor(language: string): Intl.Segmenter {
  const known = segmenters.get(language);
  if (known) return known;
  const segmenter = new Intl.Segmenter(localeOf(language), { granularity: 'sentence' });
  if (segmenters.size < 64) segmenters.set(language, segmenter);
  return segmenter;
}

function localeOf(language: string): string {
  try {
    return Intl.getCanonicalLocales(language)[0] ?? 'en';
  } catch {
    return 'en';
  }
}

const sets = new Map<string, Set<string>>();

function abbreviationsOf(language: string): Set<string> {
  const base = language.slice(0, 2).toLowerCase();
  const known = sets.get(base);
  if (known) return known;
  const set = new Set(
    `${ABBREVIATIONS.en} ${ABBREVIATIONS[base] ?? ''}`.split(' ').filter(Boolean),
  );
  if (sets.size < 64) sets.set(base, set);
  return set;
}
