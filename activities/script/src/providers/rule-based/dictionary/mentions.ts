import { createReadStream } from 'node:fs';
import { parseSynset, type Synset } from './synset.js';

/** A place where the dictionary uses a word while it speaks of another. */
export interface Mention {
  synset: Synset;
  /** In the definition; otherwise only in an example. */
  inDefinition: boolean;
}

/** How much of the file is looked through at a time. */
const CHUNK_BYTES = 1_048_576;

/** What one process remembers, in mentions: some 20 MB. A job writes its script twice where the first misses its length. */
const MAX_REMEMBERED = 20_000;
const MAX_ENTRIES = 2_000;
const remembered = new Map<string, readonly Mention[]>();

/** As `scanMentions`, which takes longer than anything else in a script: what was just looked for is remembered. */
export async function mentionsIn(file: string, forms: string[]): Promise<readonly Mention[]> {
  const key = [file, ...forms].join('\n');
  const known = remembered.get(key) ?? (await scanMentions(file, forms));
  remembered.delete(key);
  remembered.set(key, known);
  let sum = 0;
  for (const mentions of remembered.values()) sum += mentions.length;
  for (const [oldest, { length }] of remembered) {
    if (sum <= MAX_REMEMBERED && remembered.size <= MAX_ENTRIES) break;
    remembered.delete(oldest);
    sum -= length;
  }
  return known;
}

/**
 * Streams data.noun (15 MB, some 30 ms) and gives the entries whose gloss holds one of the forms as a word
 * of its own, in the order of the file. The entries of the word itself are not left out.
 */
async function scanMentions(file: string, forms: string[]): Promise<Mention[]> {
  const wanted = forms.filter((form) => form.length > 1);
  if (wanted.length === 0) return [];
  const word = mentionOf(wanted);
  const found: Mention[] = [];
  let rest = '';
  for await (const chunk of createReadStream(file, {
    encoding: 'latin1',
    highWaterMark: CHUNK_BYTES,
  })) {
    const text = rest + String(chunk);
    const end = text.lastIndexOf('\n') + 1;
    rest = text.slice(end);
    for (const line of linesWith(text.slice(0, end), wanted)) found.push(...mentionIn(line, word));
  }
  return found;
}

/** Lines that hold one of the forms somewhere, each once, in order. */
function linesWith(text: string, forms: readonly string[]): string[] {
  const starts = new Set<number>();
  for (const form of forms) {
    for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + form.length)) {
      starts.add(text.lastIndexOf('\n', at) + 1);
    }
  }
  return [...starts]
    .toSorted((a, b) => a - b)
    .map((start) => text.slice(start, text.indexOf('\n', start)));
}

function mentionIn(line: string, word: RegExp): Mention[] {
  const bar = line.indexOf(' | ');
  if (line.startsWith(' ') || bar < 0 || !word.test(line.slice(bar + 3))) return [];
  const synset = parseSynset(line);
  return [{ synset, inDefinition: word.test(`${synset.definition} ${synset.asides.join(' ')}`) }];
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
