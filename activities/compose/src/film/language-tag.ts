import type { Container } from '@aura/proto';

/** ISO 639-1 → ISO 639-2/T, which MP4 uses. */
// prettier-ignore
const THREE_LETTERS: Record<string, string> = {
  af: 'afr', am: 'amh', ar: 'ara', az: 'aze', be: 'bel', bg: 'bul', bn: 'ben', bs: 'bos',
  ca: 'cat', cs: 'ces', cy: 'cym', da: 'dan', de: 'deu', el: 'ell', en: 'eng', eo: 'epo',
  es: 'spa', et: 'est', eu: 'eus', fa: 'fas', fi: 'fin', fil: 'fil', fr: 'fra', ga: 'gle',
  gl: 'glg', gu: 'guj', he: 'heb', hi: 'hin', hr: 'hrv', hu: 'hun', hy: 'hye', id: 'ind',
  is: 'isl', it: 'ita', ja: 'jpn', ka: 'kat', kk: 'kaz', km: 'khm', kn: 'kan', ko: 'kor',
  ku: 'kur', ky: 'kir', la: 'lat', lo: 'lao', lt: 'lit', lv: 'lav', mk: 'mkd', ml: 'mal',
  mn: 'mon', mr: 'mar', ms: 'msa', mt: 'mlt', my: 'mya', nb: 'nob', ne: 'nep', nl: 'nld',
  nn: 'nno', no: 'nor', or: 'ori', pa: 'pan', pl: 'pol', ps: 'pus', pt: 'por', ro: 'ron',
  ru: 'rus', si: 'sin', sk: 'slk', sl: 'slv', so: 'som', sq: 'sqi', sr: 'srp', sv: 'swe',
  sw: 'swa', ta: 'tam', te: 'tel', tg: 'tgk', th: 'tha', tk: 'tuk', tl: 'tgl', tr: 'tur',
  tt: 'tat', uk: 'ukr', ur: 'urd', uz: 'uzb', vi: 'vie', xh: 'xho', yi: 'yid', zh: 'zho',
  zu: 'zul',
};

/** QuickTime numbers its languages, and FFmpeg knows some of the numbers by other codes. */
// prettier-ignore
const OF_QUICKTIME: Record<string, string> = {
  deu: 'ger', nld: 'dut', swe: 'sve', ell: 'gre', isl: 'ice', zho: 'chi', sqi: 'alb', mkd: 'mac',
};

/** The code that a track carries for a BCP 47 language; "und" where there is none. */
export function trackLanguage(language: string, container?: Container): string {
  const primary = language.toLowerCase().split(/[-_]/)[0] ?? '';
  const code = /^[a-z]{3}$/.test(primary) ? primary : (THREE_LETTERS[primary] ?? 'und');
  return container === 'mov' ? (OF_QUICKTIME[code] ?? code) : code;
}
