import type { Synset } from './synset.js';

/**
 * Words in a gloss or a label that make a meaning unfit for a film that strangers see unasked: slurs,
 * sex, bodily waste, drugs as slang, and the slang of insults. Left out silently; plain meanings remain.
 */
const UNFIT =
  /\b(slurs?|slang|vulgar\w*|obscen\w*|offensive|disparag\w*|derogat\w*|pejorative|insult\w*|contempt\w*|sexual\w*|sex|erotic\w*|genital\w*|penis|vagina\w*|vulva|anus|testic\w*|breasts?|prostitut\w*|brothel|whore|slut|copulat\w*|coitus|intercourse|pornograph\w*|masturbat\w*|excrement|excreta|feces|faeces|faecal|fecal|urin\w*|defecat\w*|vomit\w*|menstru\w*|semen|rape[sd]?|rapist|incest|heroin|cocaine|marijuana|cannabis|narcotic|negro\w*|nigger|savages?|retard\w*|idiot|imbecile|moron|cretin|nazi\w*|hitler|genocide|suicide|murder\w*|tortur\w*|lynch\w*|corpse|bozo|homosexual\w*|lesbian|fornicat\w*|pedophil\w*|bestial\w*|condom|abortion|castrat\w*|circumcis\w*|drunkards?|terroris\w*|terms? of (?:abuse|endearment))\b/i;

const UNFIT_LABELS =
  /\b(slang|slur|vulgar\w*|obscen\w*|disparag\w*|informal|derogat\w*|archaic|obsolete|offensive|euphemis\w*|ethnic)\b/i;

/** Whether this meaning may be shown and spoken of. */
export function isDecent(synset: Synset): boolean {
  return !UNFIT.test(synset.raw) && !UNFIT.test(synset.words.join(' ')) && !isSlang(synset);
}

export function isDecentText(text: string): boolean {
  return !UNFIT.test(text);
}

function isSlang(synset: Synset): boolean {
  return UNFIT_LABELS.test(synset.label) || /^(?:an? )?(?:informal|colloquial)\b/i.test(synset.raw);
}
