import type { Dictionary } from '../dictionary/dictionary.js';
import type { Entry, Reach } from './entry.js';
import { gather, tell, type Material, type Told } from './gather.js';
import { subjectOf, subjectOfEntry, type Subject } from './subject.js';
import { topicNouns, type TopicNoun } from './topic-words.js';
import { wordingOf } from './wording.js';

const MAX_SUBJECTS = 3;
const MAX_FURTHER = 7;

/** One subject and what can be told of it. */
export interface Chapter {
  material: Material;
  wording: Entry[];
}

/** The topic's nouns, then those of the wishes. */
export async function allNouns(
  topic: string,
  wishes: readonly string[],
  dictionary: Dictionary,
): Promise<TopicNoun[]> {
  const found = await topicNouns(topic, dictionary);
  for (const wish of wishes) {
    for (const noun of await topicNouns(wish, dictionary)) {
      if (!noun.isFacet && !found.some(({ lemma }) => lemma === noun.lemma)) found.push(noun);
    }
  }
  return found;
}

/** The subjects that a topic's nouns name, in the senses that fit each other; facets only where nothing else is there. */
export async function subjectsOf(
  nouns: readonly TopicNoun[],
  dictionary: Dictionary,
): Promise<Subject[]> {
  const plain = nouns.filter(({ isFacet }) => !isFacet);
  const wanted = (plain.length > 0 ? plain : nouns).slice(0, MAX_SUBJECTS + 1);
  const lemmas = nouns.map(({ lemma }) => lemma);
  const found: Subject[] = [];
  for (const noun of wanted) {
    if (found.some(({ noun: { lemma } }) => lemma === noun.lemma)) continue;
    const subject = await subjectOf(
      noun,
      lemmas.filter((lemma) => lemma !== noun.lemma),
      dictionary,
    );
    if (subject) found.push(subject);
  }
  return found.slice(0, MAX_SUBJECTS);
}

/** What the dictionary holds about each subject, nothing twice. */
export async function chaptersOf(
  subjects: readonly Subject[],
  dictionary: Dictionary,
  reach: Reach,
): Promise<Chapter[]> {
  const told: Told = { offsets: new Set(), names: new Set() };
  for (const { synset, term } of subjects) tell(told, synset.offset, term.word);
  const chapters: Chapter[] = [];
  for (const subject of subjects) {
    const material = await gather(subject, dictionary, { reach, told });
    if (!material.definition) continue;
    const wording = await wordingOf(subject.synset, dictionary, reach);
    chapters.push({
      material,
      wording: wording.filter(({ offset, name }) => tell(told, offset, name)),
    });
  }
  return chapters;
}

/** Words that the topic's definition leans on, its wider term, and its kinds, as subjects of their own. */
export async function furtherSubjects(
  subjects: readonly Subject[],
  dictionary: Dictionary,
  reach: Reach,
): Promise<Subject[]> {
  const found: Subject[] = [];
  const known = new Set(subjects.map(({ synset }) => synset.offset));
  for (const subject of subjects) {
    const told: Told = { offsets: new Set(), names: new Set() };
    const { broader, kinds, parts } = await gather(subject, dictionary, { reach, told });
    const wording = await wordingOf(subject.synset, dictionary, reach);
    for (const entry of [
      ...wording,
      ...(broader ? [broader] : []),
      ...kinds.slice(0, 4),
      ...parts.slice(0, 3),
    ]) {
      if (entry.isName || known.has(entry.offset) || found.length >= MAX_FURTHER) continue;
      known.add(entry.offset);
      found.push(await subjectOfEntry(entry, dictionary));
    }
  }
  return found;
}
