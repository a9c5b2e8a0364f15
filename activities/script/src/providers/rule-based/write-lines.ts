import { chooseFilm, type Limits } from './film/choose.js';
import { draftScenes, type Draft } from './film/draft.js';
import { slot, type Beat, type OptionalBeat } from './film/beat.js';
import type { LanguagePack } from './phrases/pack.js';
import { Seeded } from './seeded.js';
import { fillPlain } from './template.js';

export interface LinesOrder {
  topic: string;
  limits: Limits;
}

/** More would make all films of a language sound alike. */
const MOST_LINES = 10;

/** The last line of each stage; headings stand in the same order, two spare ones after them. */
const STAGE_ENDS = [3, 7, 11, 15, 17, 21];

/** A film about a bare topic in a language without a dictionary: questions to look at the topic with. */
export function writeLines({ topic, limits }: LinesOrder, pack: LanguagePack): Draft {
  const heading = topic.charAt(0).toLocaleUpperCase(pack.language) + topic.slice(1);
  const seeded = new Seeded(`${pack.language}\n${topic.toLowerCase()}`);
  const hooks = fillPlain(seeded.shuffled(pack.hooks), { P: topic });
  const leads = seeded.shuffled(pack.leads);
  const title: Beat = {
    kind: 'title',
    heading,
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
    title: heading,
    scenes: draftScenes(film),
    isAll: film.isAll,
    isOwnText: false,
    warnings: [],
  };
}

/** Two lines to a scene, in the order of the pack, which goes from the first thought to the last. */
export function lineBeats(topic: string, pack: LanguagePack, seeded: Seeded): OptionalBeat[] {
  const order = [...pack.lines.keys()];
  const picked = new Set(
    seeded.shuffled(order.map(String), 'lines').slice(0, MOST_LINES).map(Number),
  );
  const lines = order.filter((at) => picked.has(at));
  const headings = headingsFor(
    lines.filter((_line, at) => at % 2 === 0),
    pack,
  );
  return headings
    .map((heading, at): OptionalBeat => {
      const [first = 0, second] = lines.slice(at * 2, at * 2 + 2);
      const more = second === undefined ? [] : [pack.lines[second] ?? ''];
      const slots = [...slot([pack.lines[first] ?? '']), ...slot(more, true)];
      const beat: Beat = {
        kind: 'statement',
        heading,
        points: [],
        slots,
        keywords: [topic],
        sight: topic,
      };
      return { beat, section: `?/${at}`, priority: seeded.share(`line ${at}`), names: [] };
    })
    .toSorted((a, b) => b.priority - a.priority);
}

/** The heading of each line's stage, none twice. */
function headingsFor(lines: readonly number[], { headings }: LanguagePack): string[] {
  const taken = new Set<string>();
  return lines.map((line) => {
    const stage = STAGE_ENDS.findIndex((end) => line <= end);
    const spare = [headings[stage], ...headings.slice(STAGE_ENDS.length), ...headings];
    const heading = spare.find((one) => one !== undefined && !taken.has(one)) ?? '';
    taken.add(heading);
    return heading;
  });
}

function inOrder(beats: readonly OptionalBeat[]): OptionalBeat[] {
  return beats.toSorted((a, b) => (a.section < b.section ? -1 : 1));
}
