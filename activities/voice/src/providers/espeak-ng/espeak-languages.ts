/**
 * espeak-ng's voice file for each language that it truly speaks, by language or language-region. Files, not
 * language codes, because variants ("+f3") only work with files.
 *
 * Left out because espeak-ng 1.51 names their letters or loses their vowels instead of speaking: Thai,
 * Burmese, Odia, Konkani, Cherokee, ancient Greek, Western Armenian. Left out as nobody's language:
 * invented ones but Esperanto, Interlingua and Ido. Chinese is spoken from pinyin, Japanese from kana, Hebrew with
 * vowels that are guessed.
 */
export const VOICE_FILES: Readonly<Record<string, string>> = table(`
  af=gmw/af am=sem/am an=roa/an ar=sem/ar as=inc/as az=trk/az ba=trk/ba be=zle/be bg=zls/bg
  bn=inc/bn bpy=inc/bpy bs=zls/bs ca=roa/ca cmn=sit/cmn-Latn-pinyin cs=zlw/cs cv=trk/cv
  cy=cel/cy da=gmq/da de=gmw/de el=grk/el eo=art/eo et=urj/et eu=eu en=gmw/en-US en-GB=gmw/en
  en-AU=gmw/en en-IE=gmw/en en-IN=gmw/en en-NZ=gmw/en en-ZA=gmw/en en-029=gmw/en-029
  en-JM=gmw/en-029 es=roa/es es-419=roa/es-419 es-MX=roa/es-419 es-AR=roa/es-419 es-CO=roa/es-419 es-CL=roa/es-419 es-PE=roa/es-419 es-VE=roa/es-419 es-US=roa/es-419 fa=ira/fa fi=urj/fi fr=roa/fr fr-BE=roa/fr-BE
  fr-CH=roa/fr-CH ga=cel/ga gd=cel/gd gn=sai/gn gu=inc/gu haw=map/haw he=sem/he hi=inc/hi
  hr=zls/hr ht=roa/ht hu=urj/hu hy=ine/hy ia=art/ia id=poz/id io=art/io is=gmq/is
  it=roa/it ja=jpx/ja ka=ccs/ka kk=trk/kk kl=esx/kl kn=dra/kn ko=ko ku=ira/ku ky=trk/ky
  la=itc/la lb=gmw/lb lt=bat/lt ltg=bat/ltg lv=bat/lv mi=poz/mi mk=zls/mk ml=dra/ml mr=inc/mr
  ms=poz/ms mt=sem/mt nb=gmq/nb nci=azc/nci ne=inc/ne nl=gmw/nl nog=trk/nog om=cus/om
  pa=inc/pa pap=roa/pap pl=zlw/pl pt=roa/pt-BR pt-PT=roa/pt pt-AO=roa/pt pt-MZ=roa/pt qu=qu
  quc=myn/quc ro=roa/ro ru=zle/ru sd=inc/sd si=inc/si sk=zlw/sk sl=zls/sl smj=urj/smj
  sq=ine/sq sr=zls/sr sv=gmq/sv sw=bnt/sw ta=dra/ta te=dra/te tk=trk/tk tn=bnt/tn tr=trk/tr
  tt=trk/tt ug=trk/ug uk=zle/uk ur=inc/ur uz=trk/uz vi=aav/vi yue=sit/yue
`);

/** Tags that mean one of the languages above. */
const ALIASES: Readonly<Record<string, string>> = table(
  'zh=cmn zh-HK=yue zh-MO=yue no=nb nn=nb sh=hr',
);

function table(rows: string): Record<string, string> {
  const pairs = rows
    .trim()
    .split(/\s+/u)
    .map((row) => row.split('='));
  return Object.fromEntries(pairs.map(([tag = '', value = '']) => [tag, value]));
}

/** The key of VOICE_FILES for a language tag, the most particular one; undefined if it is not spoken. */
export function spokenLanguage(language: string): string | undefined {
  const { language: base, region } = new Intl.Locale(language);
  const tags = region ? [`${base}-${region}`, base] : [base];
  for (const tag of tags) {
    const known = ALIASES[tag] ?? tag;
    if (VOICE_FILES[known] !== undefined) return known;
  }
  return undefined;
}

/** BCP 47 prefixes for reports: what a film may be asked for in. */
export const ESPEAK_LANGUAGES: readonly string[] = [
  ...new Set(
    [...Object.keys(VOICE_FILES), ...Object.keys(ALIASES)]
      .filter((tag) => !tag.includes('-'))
      .toSorted(),
  ),
];
