import type { StyleName } from '../../styles.js';
import { headingOf } from '../../text/heading.js';
import { keywordsOf } from '../../text/keywords.js';
import { listed } from '../../text/listed.js';
import { endsLikeSentence, sentencesOf } from '../../text/sentences.js';
import type { Point } from './brief/brief-forms.js';
import { capitalised, numberWord, ordinalWord } from './english/words.js';
import { filler, slot, type Beat, type OptionalBeat, type Slot } from './film/beat.js';
import { chooseFilm, type Chosen, type Limits } from './film/choose.js';
import { draftScenes, type Draft } from './film/draft.js';
import {
  POINT_FAREWELLS,
  POINT_MANNERS,
  POINT_RECAPS,
  POINT_REMARKS,
  STEP_REMARKS,
  OVERVIEWS,
} from './phrases/en-outline.js';
import type { LanguagePack } from './phrases/pack.js';
import { Seeded } from './seeded.js';
import { fillAll, fillPlain, type Values } from './template.js';

export interface OutlineOrder {
  title: string;
  points: readonly Point[];
  style: StyleName;
  language: string;
  limits: Limits;
  longest: number;
  /** Our own texts in the film's language; without them only the brief's words are used. */
  pack: LanguagePack | 'en' | undefined;
  /** Scenes about the topic that may be added: before the points, or after them where their section begins with "?". */
  extras: readonly OptionalBeat[];
  hooks: readonly string[];
  /** Further sentences for a point, by its number. */
  notes: ReadonlyMap<number, readonly string[]>;
}

/** A film that goes through the points of an outline. */
export function writeOutline(order: OutlineOrder): Draft {
  const texts = textsOf(order);
  const film = chooseFilm(supplyOf(order, texts), order.limits);
  return {
    title: texts.title,
    scenes: draftScenes(film),
    isAll: film.isAll || allPointsTold(film),
    isOwnText: false,
    warnings: [],
  };
}

function allPointsTold(film: Chosen): boolean {
  return film.scenes.length === 0;
}

/** Every wording of the frame, in the film's language. */
interface Texts {
  title: string;
  hooks: string[];
  overview: string[];
  /** Wordings of the point with this number, from 0. */
  point: (at: number) => string[];
  remarks: readonly string[];
  recap: string[];
  farewells: string[];
  closingHeading: string;
  recapHeading: string;
}

function textsOf(order: OutlineOrder): Texts {
  const { points, pack, style } = order;
  const seeded = new Seeded(
    `outline\n${order.title.toLowerCase()}\n${points.map(({ text }) => text).join('\n')}`,
  );
  const labels = points.map(({ text }) => headingOf(text, order.language));
  const title = order.title || labels[0] || '';
  const names = points.slice(0, 6).map(({ text }) => text.replace(/[.…]+$/u, ''));
  const list = listed(names, order.language);
  const count = points.length;
  const values: Values = {
    P: order.title || undefined,
    n: String(count),
    N: numberWord(count),
    list: labels.every((label) => !label.endsWith('…')) && count <= 6 ? list : undefined,
  };
  if (pack === 'en') {
    const manners = POINT_MANNERS[style] ?? POINT_MANNERS.any;
    const manner = manners[Math.floor(seeded.share('manner') * manners.length)] ?? '{O}: {p}';
    return {
      title,
      hooks: [...order.hooks],
      overview: fillAll(seeded.draw(OVERVIEWS, style, 3), values),
      point: (at) =>
        fillAll([manner], {
          O: capitalised(ordinalWord(at + 1)),
          N: numberWord(at + 1),
          p: ended(points[at]?.text ?? '', '.'),
        }),
      remarks: seeded.shuffled(style === 'tutorial' ? STEP_REMARKS : POINT_REMARKS, 'remarks'),
      recap: fillAll(seeded.draw(POINT_RECAPS, style, 2), values),
      farewells: fillAll(seeded.draw(POINT_FAREWELLS, style, 4), values),
      closingHeading: 'Over to you',
      recapHeading: 'To sum up',
    };
  }
  const manner = pack?.points[Math.floor(seeded.share('manner') * pack.points.length)] ?? '{p}';
  return {
    title,
    hooks: pack
      ? fillPlain(seeded.shuffled(pack.hooks), { P: title }).slice(0, 3)
      : [ended(title, '.')],
    overview: fillPlain(pack?.overview ?? [], values),
    point: (at) =>
      fillPlain([manner], {
        n: String(at + 1),
        p: ended(points[at]?.text ?? '', pack?.stop ?? '.'),
      }),
    remarks: [],
    recap: fillPlain(pack?.recap ?? [], values),
    farewells: pack ? seeded.shuffled(pack.farewells) : [],
    closingHeading: pack?.closingHeadings[1] ?? title,
    recapHeading: pack?.closingHeadings[0] ?? title,
  };
}

function ended(text: string, stop: string): string {
  return endsLikeSentence(text) ? text : text.replace(/[,;:\s]+$/u, '') + stop;
}

function supplyOf(order: OutlineOrder, texts: Texts) {
  const { points, extras, language } = order;
  const opening: Beat = {
    kind: 'title',
    heading: texts.title,
    points: [],
    slots: [...slot(texts.hooks), ...slot(texts.overview, true)],
    keywords: keywordsOf(texts.title, language),
    sight: texts.title,
  };
  const told = points.map((point, at) => pointBeat(point, at, order, texts));
  const recap: OptionalBeat[] =
    texts.recap.length > 0 && points.length >= 3
      ? [{ beat: recapBeat(order, texts), section: 'recap', priority: 50, names: [] }]
      : [];
  const closing: Beat[] =
    texts.farewells.length > 0
      ? [
          {
            ...opening,
            kind: 'closing',
            heading: texts.closingHeading,
            slots: slot(texts.farewells),
          },
        ]
      : [];
  const full = (chosen: readonly OptionalBeat[]): Beat[] => {
    const before = chosen.filter((one) => one.section !== 'recap' && !isAfter(one));
    const after = chosen.filter(isAfter).toSorted((a, b) => (a.section < b.section ? -1 : 1));
    const last = chosen.filter(({ section }) => section === 'recap');
    return [
      opening,
      ...before.map(beatOf),
      ...told,
      ...[...after, ...last].map(beatOf),
      ...closing,
    ];
  };
  const lean = (): Beat[] => [opening, ...told.map(bare)];
  const paired = (): Beat[] => [opening, ...pairs(told), ...closing];
  const tight = (): Beat[] => [{ ...opening, slots: slot(texts.hooks) }, ...pooled(order)];
  const optional = [...extras, ...recap].toSorted((a, b) => b.priority - a.priority);
  return {
    optional,
    frames: [full, paired, lean, tight, (): Beat[] => pooled(order)],
    fullFrames: 5,
  };
}

function isAfter({ section }: OptionalBeat): boolean {
  return section.startsWith('?');
}

function beatOf({ beat }: OptionalBeat): Beat {
  return beat;
}

function pointBeat({ text, details }: Point, at: number, order: OutlineOrder, texts: Texts): Beat {
  const { language } = order;
  const sentences = details.flatMap((detail) => sentencesOf(detail, language));
  const areFragments =
    details.length >= 2 && sentences.every((sentence) => !endsLikeSentence(sentence));
  const own: Slot[] = areFragments
    ? slot([
        ended(
          capitalised(listed(sentences, language)),
          order.pack === 'en' || !order.pack ? '.' : order.pack.stop,
        ),
      ])
    : sentences.flatMap((sentence) => slot([ended(sentence, '.')]));
  const remark = texts.remarks[at] && own.length === 0 ? filler([texts.remarks[at]]) : [];
  const notes = (order.notes.get(at) ?? []).flatMap((note) => slot([note], true));
  const heading = headingOf(text, language);
  return {
    kind: areFragments ? 'list' : 'statement',
    heading:
      order.style === 'listicle' || order.style === 'tutorial' ? `${at + 1}. ${heading}` : heading,
    points: areFragments ? details.slice(0, 6).map((detail) => headingOf(detail, language)) : [],
    slots: [...slot(texts.point(at)), ...own, ...notes, ...remark],
    keywords: keywordsOf([text, ...details].join(' '), language),
    sight: heading,
  };
}

/** Two short points share a scene. */
function pairs(told: readonly Beat[]): Beat[] {
  return Array.from({ length: Math.ceil(told.length / 2) }, (_none, at): Beat => {
    const [first, second] = told.slice(at * 2, at * 2 + 2);
    if (!first || !second) return first!;
    return {
      kind: 'list',
      heading: first.heading,
      points: [first.heading, second.heading],
      slots: [...first.slots, ...second.slots],
      keywords: [...first.keywords, ...second.keywords],
      sight: `${first.sight}, ${second.sight}`,
    };
  });
}

function bare(beat: Beat): Beat {
  return { ...beat, slots: beat.slots.filter(({ optional }) => !optional) };
}

/** For a few seconds: several points to a scene, as a list. */
function pooled({ points, language, title, pack }: OutlineOrder): Beat[] {
  const stop = pack === 'en' || !pack ? '.' : pack.stop;
  const groups: Point[][] = [];
  for (const point of points) {
    const open = groups.at(-1);
    if (open && open.length < 6) open.push(point);
    else groups.push([point]);
  }
  return groups.map((group) => {
    const names = group.map(({ text }) => headingOf(text, language));
    return {
      kind: 'list',
      heading: headingOf(title || names[0] || '', language),
      points: names,
      slots: group.flatMap(({ text }) => slot([ended(capitalised(text), stop)])),
      keywords: names,
      sight: title || (names[0] ?? ''),
    };
  });
}

function recapBeat({ points, language }: OutlineOrder, texts: Texts): Beat {
  const names = points.map(({ text }) => headingOf(text, language));
  return {
    kind: 'list',
    heading: texts.recapHeading,
    points: names.slice(0, 6),
    slots: slot(texts.recap),
    keywords: names,
    sight: texts.title,
  };
}
