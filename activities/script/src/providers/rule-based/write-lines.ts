import { chooseFilm, type Limits } from './film/choose.js';
import { draftScenes, type Draft } from './film/draft.js';
import { slot, type Beat, type OptionalBeat } from './film/beat.js';
import type { LanguagePack } from './phrases/pack.js';
import { Seeded } from './seeded.js';
import { fillAll } from './template.js';

export interface LinesOrder {
  topic: string;
  limits: Limits;
}

/** More would make all films of a language sound alike. */
const MOST_LINES = 8;

/** A film about a bare topic in a language without a dictionary: questions to look at the topic with. */
export function writeLines({ topic, limits }: LinesOrder, pack: LanguagePack): Draft {
  const seeded = new Seeded(`${pack.language}\n${topic.toLowerCase()}`);
  const hooks = fillAll(seeded.shuffled(pack.hooks), { P: topic });
  const leads = seeded.shuffled(pack.leads);
  const title: Beat = {
    kind: 'title',
    heading: topic,
    points: [],
    slots: [...slot(hooks.slice(0, 3)), ...slot(leads, true)],
    keywords: [topic],
    sight: topic,
  };
  const closing: Beat = {
    kind: 'closing',
    heading: seeded.shuffled(pack.closingHeadings)[0] ?? topic,
    points: [],
    slots: slot(seeded.shuffled(pack.farewells)),
    keywords: [topic],
    sight: topic,
  };
  const optional = lineBeats(topic, pack, seeded);
  const film = chooseFilm(
    {
      optional,
      frames: [
        (chosen) => [title, ...inOrder(chosen).map(({ beat }) => beat), closing],
        () => [title, closing],
        () => [title],
      ],
    },
    limits,
  );
  return {
    title: topic,
    scenes: draftScenes(film),
    isAll: film.isAll,
    isOwnText: false,
    warnings: [],
  };
}

/** Two lines to a scene, in the order of the pack, which goes from the first thought to the last. */
function lineBeats(topic: string, pack: LanguagePack, seeded: Seeded): OptionalBeat[] {
  const order = [...pack.lines.keys()];
  const picked = new Set(
    seeded.shuffled(order.map(String), 'lines').slice(0, MOST_LINES).map(Number),
  );
  const lines = order.filter((at) => picked.has(at));
  const headings = seeded.shuffled(pack.headings, 'headings');
  return Array.from({ length: Math.ceil(lines.length / 2) }, (_none, at): OptionalBeat => {
    const [first = 0, second] = lines.slice(at * 2);
    const beat: Beat = {
      kind: 'statement',
      heading: headings[at % headings.length] ?? topic,
      points: [],
      slots: [
        ...slot([pack.lines[first] ?? '']),
        ...slot(
          second === undefined || lines.length <= at * 2 + 1 ? [] : [pack.lines[second] ?? ''],
          true,
        ),
      ],
      keywords: [topic],
      sight: topic,
    };
    return { beat, section: `?/${at}`, priority: seeded.share(`line ${at}`), names: [] };
  }).toSorted((a, b) => b.priority - a.priority);
}

function inOrder(beats: readonly OptionalBeat[]): OptionalBeat[] {
  return beats.toSorted((a, b) => (a.section < b.section ? -1 : 1));
}
