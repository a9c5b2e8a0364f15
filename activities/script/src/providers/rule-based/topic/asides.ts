import type { Synset } from '../dictionary/synset.js';
import { isDatedText } from './dated.js';

const VERB_SINGULAR =
  /^(?:has|is|was|can|may|lives|grows|contains|consists|becomes|occurs|serves|includes|lasts|provides|produces|requires|bears|yields|causes|feeds|makes|used to|comes|holds|covers|differs|usually has|often has|usually contains)\b/;
const VERB_PLURAL = /^(?:have|are|were|can|may|live|grow|contain|consist|feed|occur|include)\b/;
const PARTICIPLE =
  /^(?:(?:usually|often|sometimes|originally|formerly|typically|widely|commonly|chiefly|mainly|first) )?(?:used|found|made|native|known|cultivated|grown|served|worn|considered|located|situated|noted|based|characterized|composed|similar|related|closely related|important|eaten|played|employed|valued|caused|formed|named|held|built|kept|hunted|raised|prized|popular|common in|sold|associated|connected|attached|designed|intended|developed)\b/;

/** Clauses after the definition as sentences of their own, where their form allows it. */
export function asidesOf(synset: Synset, isPlural: boolean): string[] {
  const [it, is] = isPlural ? ['They', 'are'] : ['It', 'is'];
  return synset.asides.flatMap((aside) => {
    if (aside.length < 12 || aside.length > 120 || isDatedText(aside) || /[`[\]()“”=:]/.test(aside))
      return [];
    if (/^(?:it|they) \w+/.test(aside))
      return [`${aside.charAt(0).toUpperCase()}${aside.slice(1)}.`];
    if ((isPlural ? VERB_PLURAL : VERB_SINGULAR).test(aside) && !aside.startsWith('used to '))
      return [`${it} ${aside}.`];
    if (PARTICIPLE.test(aside)) return [`${it} ${is} ${aside}.`];
    return [];
  });
}
