import path from 'node:path';
import type { DictionaryPlace } from './locate.js';
import { mentionsIn, type Mention } from './mentions.js';
import { possibleBases } from './morphology.js';
import { PagedFile } from './paged-file.js';
import { lexicalIds, parseSynset, type Relation, type Synset } from './synset.js';

/** A sense of one word: the synset and how often that word was met in this sense in tagged texts. */
export interface Sense {
  synset: Synset;
  uses: number;
}

/**
 * The machine's English dictionary, read from its data files. One is opened for one script and closed
 * after it; all answers are the same for the same edition.
 */
export class Dictionary {
  private readonly synsets = new Map<number, Promise<Synset>>();

  private constructor(
    readonly edition: string,
    private readonly folder: string,
    private readonly files: {
      index: PagedFile;
      data: PagedFile;
      forms: PagedFile;
      uses: PagedFile;
    },
  ) {}

  static async open({ folder, edition }: DictionaryPlace): Promise<Dictionary> {
    const [index, data, forms, uses] = await Promise.all(
      ['index.noun', 'data.noun', 'noun.exc', 'cntlist.rev'].map((name) =>
        PagedFile.open(path.join(folder, name)),
      ),
    );
    return new Dictionary(edition, folder, {
      index: index!,
      data: data!,
      forms: forms!,
      uses: uses!,
    });
  }

  async close(): Promise<void> {
    await Promise.all(Object.values(this.files).map((file) => file.close()));
  }

  /** Senses of a noun or a noun phrase in its base form, most usual first; empty for what it lacks. */
  async senses(phrase: string): Promise<Sense[]> {
    const lemma = phrase.toLowerCase().replaceAll(' ', '_');
    const line = await this.files.index.find(lemma);
    if (!line) return [];
    const cells = line.trim().split(' ');
    const offsets = cells.slice(6 + Number(cells[3])).map(Number);
    return Promise.all(offsets.map((offset) => this.sense(lemma, offset)));
  }

  /** The base form of a noun under which the dictionary knows it ("volcanoes" → "volcano"). */
  async baseOf(phrase: string): Promise<string | undefined> {
    return (await this.basesOf(phrase))[0];
  }

  /** All of them, the phrase as it stands first ("glasses" is a word, and the plural of "glass"). */
  async basesOf(phrase: string): Promise<string[]> {
    const words = phrase.toLowerCase().split(' ');
    const last = words.pop() ?? '';
    const irregular = (await this.files.forms.find(last))?.split(' ').slice(1) ?? [];
    const found: string[] = [];
    for (const base of new Set([last, ...irregular, ...possibleBases(last)])) {
      const lemma = [...words, base].join('_');
      if (lemma !== '' && (await this.files.index.find(lemma)))
        found.push(lemma.replaceAll('_', ' '));
    }
    return found;
  }

  /** How often a word was met as each part of speech in tagged texts; none of it may be known. */
  async usesByPart(word: string): Promise<{ noun: number; other: number }> {
    const lines = await this.files.uses.startingWith(`${word.toLowerCase().replaceAll(' ', '_')}%`);
    const uses = { noun: 0, other: 0 };
    for (const line of lines) {
      const count = Number(line.split(' ')[2] ?? 0);
      if (line.includes('%1:')) uses.noun += count;
      else uses.other += count;
    }
    return uses;
  }

  /** How far down its list of senses each word of a synset has it: 0 is the word's most usual sense. */
  async ranksOf({ words, offset }: Synset): Promise<number[]> {
    return Promise.all(
      words.map(async (word) => {
        const line = await this.files.index.find(word.toLowerCase().replaceAll(' ', '_'));
        const cells = line?.trim().split(' ') ?? [];
        const at = cells
          .slice(6 + Number(cells[3]))
          .map(Number)
          .indexOf(offset);
        return at < 0 ? words.length + 9 : at;
      }),
    );
  }

  synset(offset: number): Promise<Synset> {
    const known = this.synsets.get(offset);
    if (known) return known;
    const synset = this.files.data.lineAt(offset).then(parseSynset);
    this.synsets.set(offset, synset);
    return synset;
  }

  /** What a synset is linked to by these relations, in the dictionary's order. */
  async linked(synset: Synset, ...relations: Relation[]): Promise<Synset[]> {
    const wanted = synset.links.filter(({ relation }) => relations.includes(relation));
    return Promise.all(wanted.map(({ offset }) => this.synset(offset)));
  }

  /** Nouns whose definition or example uses one of these words, in the dictionary's order. */
  mentions(forms: string[]): Promise<readonly Mention[]> {
    return mentionsIn(path.join(this.folder, 'data.noun'), forms);
  }

  private async sense(lemma: string, offset: number): Promise<Sense> {
    const line = await this.files.data.lineAt(offset);
    const entry = lexicalIds(line).find(({ word }) => word === lemma);
    const key = entry ? `${lemma}%1:${entry.field}:${entry.id}::` : '';
    const uses = key ? await this.files.uses.find(key) : undefined;
    return { synset: await this.synset(offset), uses: Number(uses?.split(' ')[2] ?? 0) };
  }
}
