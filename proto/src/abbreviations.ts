/** Shortened words after which a sentence goes on, per language; those of English hold everywhere. */
const ABBREVIATIONS: Record<string, string> = {
  en: 'mr mrs ms dr prof st mt jr sr vs etc inc ltd co approx dept est gen gov sgt capt lt col rev hon cf e.g i.e a.m p.m u.s u.k u.n',
  de: 'z.b d.h u.a bzw ca dr prof str evtl ggf inkl usw vgl hr fr st bd s.o s.u o.ä i.d.r jh chr',
  fr: 'm mm mme mlle dr prof st ste av apr env etc p.ex c.-à-d',
  es: 'sr sra srta dr dra ud uds etc p.ej av a.c d.c ee.uu',
  it: 'sig sig.ra dott prof ecc es d.c a.c',
  pt: 'sr sra dr dra prof etc p.ex av a.c d.c',
  nl: 'dhr mevr dr prof bijv bv enz o.a d.w.z ca jl st',
  pl: 'np tj itd itp m.in prof dr ul tzn ok im św',
  ru: 'т.е т.д т.п др г гг в вв им ул см напр проф акад тыс млн млрд',
  el: 'κ κα δρ π.χ δηλ κ.λπ κ.ά αρ',
  tr: 'dr prof sn örn vb vs bkz yy cad sok',
};

/** Shortened only where a number follows: "No. 5", "Fig. 2"; else they are words, or end a sentence. */
const COUNTED = new Set(
  'no nr fig vol p pp s ca art chap cap pag pág núm blz str rys рис стр σελ'.split(' '),
);

const sets = new Map<string, ReadonlySet<string>>();

/** Whether a sentence goes on with `next` behind a word and its full stop: "Dr. Smith", "z. B. heute". */
export function isShortened(word: string, next: string, language: string): boolean {
  const base = language.slice(0, 2).toLowerCase();
  if (COUNTED.has(word) && /^\d/u.test(next)) return true;
  let known = sets.get(base);
  if (!known) {
    known = new Set(`${ABBREVIATIONS['en']} ${ABBREVIATIONS[base] ?? ''}`.split(' '));
    if (sets.size < 64) sets.set(base, known);
  }
  const second = /^(\p{L})\./u.exec(next)?.[1]?.toLowerCase() ?? '';
  return known.has(word) || known.has(`${word}.${second}`);
}
