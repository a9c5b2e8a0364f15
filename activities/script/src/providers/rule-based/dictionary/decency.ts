import type { Synset } from './synset.js';

/**
 * Words in a gloss or a label that make a meaning unfit for a film that strangers see unasked: slurs,
 * sex, bodily waste, drugs as slang, and the slang of insults. Left out silently; plain meanings remain.
 */
const UNFIT =
  /\b(slurs?|slang|vulgar\w*|obscen\w*|offensive|disparag\w*|derogat\w*|pejorative|insult\w*|contempt\w*|sexual\w*|sex|erotic\w*|genital\w*|penis|vagina\w*|vulva|anus|testic\w*|breasts?|prostitut\w*|brothel|whore|slut|copulat\w*|coitus|intercourse|pornograph\w*|masturbat\w*|excrement|excreta|feces|faeces|faecal|fecal|urin\w*|defecat\w*|vomit\w*|menstru\w*|semen|rape[sd]?|rapist|incest|heroin|cocaine|marijuana|cannabis|narcotic|negro\w*|nigger|savages?|retard\w*|idiot|imbecile|moron|cretin|nazi\w*|hitler|genocide|suicide|murder\w*|tortur\w*|lynch\w*|corpse|bozo|homosexual\w*|lesbian|fornicat\w*|pedophil\w*|extremis\w*|militants?|jihad\w*|insurgen\w*|bestial\w*|condom|abortion|castrat\w*|circumcis\w*|drunkards?|terroris\w*|terms? of (?:abuse|endearment))\b/i;

const UNFIT_LABELS =
  /\b(slang|slur|vulgar\w*|obscen\w*|disparag\w*|informal|derogat\w*|archaic|obsolete|offensive|euphemis\w*|ethnic)\b/i;

/** What dictionaries of another time say of people: their faults, their looks, their love affairs. */
const UNKIND =
  /\b(spiteful|gossip\w*|aggressive|unpleasant|ugly|promiscuous|seduc\w*|mistress\w*|adulter\w*|orgi\w*|lewd|immoral|stupid|foolish|fool|lazy|coward\w*|crazy|insane|ignorant|despicable|gullible|shrew\w*|hag|crone|spinster|scold\w*|nagging|flirt\w*|smuggl\w*|illegal\w*|criminals?|thie(?:f|ves)|evil|wicked|cruel|greedy|vain|ridicul\w*|pretentious|uncouth|crude|boorish|dirty|slovenly|lower class|inferior|primitive|heathen|infidel|pagan|romantically|lovers?|virgin\w*|harem|concubine|slaves?|servant|obese|cripple\w*|deformed|lunatic|feeble|senile|old woman|exploits?|feared|hated|enem(?:y|ies)|traitor|spy|prisoners?|convict\w*|drunk\w*|beggar|tramp|vagrant|loose)\b/i;

/** Whether this meaning may be shown and spoken of. Of sorts of people nothing unkind is told. */
export function isDecent(synset: Synset): boolean {
  if (synset.field === 'person' && !isOnePerson(synset) && UNKIND.test(synset.raw)) return false;
  return !UNFIT.test(synset.raw) && !UNFIT.test(synset.words.join(' ')) && !isSlang(synset);
}

/** Named with a capital and with life dates: a person of history, not a sort of people. */
function isOnePerson({ words, raw }: Synset): boolean {
  return /^\p{Lu}/u.test(words[0] ?? '') && /\(?\d{3,4}/.test(raw);
}

export function isDecentText(text: string): boolean {
  return !UNFIT.test(text);
}

function isSlang(synset: Synset): boolean {
  return UNFIT_LABELS.test(synset.label) || /^(?:an? )?(?:informal|colloquial)\b/i.test(synset.raw);
}
