import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseSynset, type Synset } from './synset.js';

/** A place where the dictionary uses a word while it speaks of another. */
export interface Mention {
  synset: Synset;
  /** In the definition; otherwise only in an example. */
  inDefinition: boolean;
}

/**
 * Streams data.noun (15 MB, well under a second) and gives the entries whose gloss holds one of the forms
 * as a word of its own. The entries of the word itself are not left out.
 */
export async function scanMentions(file: string, forms: string[]): Promise<Mention[]> {
  const wanted = forms.filter((form) => form.length > 1);
  if (wanted.length === 0) return [];
  const word = mentionOf(wanted);
  const found: Mention[] = [];
  const lines = createInterface({ input: createReadStream(file, 'latin1'), crlfDelay: Infinity });
  for await (const line of lines) {
    if (line.startsWith(' ')) continue;
    const gloss = line.slice(line.indexOf(' | ') + 3);
    if (!word.test(gloss)) continue;
    const synset = parseSynset(line);
    const inDefinition = word.test(`${synset.definition} ${synset.asides.join(' ')}`);
    found.push({ synset, inDefinition });
  }
  return found;
}

/** Common nouns in lower case only ("the Black Hole of Calcutta" is none); names not within longer names. */
function mentionOf(forms: readonly string[]): RegExp {
  const isName = /^\p{Lu}/u.test(forms[0] ?? '');
  const before = isName ? String.raw`(?<![\w-])(?<!\p{Lu}\p{Ll}+ )` : String.raw`(?<![\w-])`;
  return new RegExp(`${before}(?:${forms.map(escaped).join('|')})(?![\\w-])`, 'u');
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
