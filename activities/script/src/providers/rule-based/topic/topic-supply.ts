import { slot, type Beat, type OptionalBeat } from '../film/beat.js';
import type { Supply } from '../film/choose.js';
import { DEEPER_TURNS, TURNS } from '../phrases/en-meaning.js';
import { fillAll } from '../template.js';
import { arranged } from './arrange.js';
import type { Desk } from './desk.js';
import { bridgeTo, closingBeats, definitionBeat, titleBeats, type Frame } from './frame-beats.js';
import type { Material } from './gather.js';
import { numberedBeats, partsIn } from './number-parts.js';
import { termValues } from './values.js';

/** What the film about a topic may be made of. */
export interface TopicStock {
  frame: Frame;
  materials: readonly Material[];
  /** How many of the materials are the topic's own words; the others lead further. */
  own: number;
  optional: readonly OptionalBeat[];
  /** "5 facts about …" */
  count: number | undefined;
}

/** The topic's supply: a full film around its definitions, and barer ones for a few seconds. */
export function supplyOf(stock: TopicStock, desk: Desk): Supply {
  const { frame } = stock;
  const closing = closingBeats(frame, desk);
  const [first, ...others] = definitionsOf(stock, desk);
  const title = titleBeats(frame, desk);
  const core = first ? [first] : [];
  const full = (chosen: readonly OptionalBeat[]): Beat[] => {
    const ordered = arranged([...core, ...chosen], desk.seeded);
    const names = [frame.name.mention, ...stock.materials.map(({ subject }) => subject.term.word)];
    const beats =
      desk.style === 'listicle'
        ? numberedBeats(ordered, { count: stock.count, names })
        : ordered.map(({ beat }) => beat);
    return [title(partsIn(beats)), ...beats, closing(ordered.flatMap(({ names: told }) => told))];
  };
  const short = (): Beat[] => [title(0), ...core.map(({ beat }) => beat)];
  const single = (): Beat[] => [oneScene(title(0), core[0]?.beat, closing([]))];
  const sorted = [...others, ...stock.optional].toSorted((a, b) => b.priority - a.priority);
  return { optional: sorted, frames: [full, short, single] };
}

/** One beat per subject; the first is led to from the brief's wording, each further one is turned to. */
function definitionsOf({ frame, materials, own }: TopicStock, desk: Desk): OptionalBeat[] {
  const things = materials.slice(0, own).map(({ subject }) => subject.term.generic);
  const isOwnWord = things[0] !== undefined && frame.name.mention === things[0];
  const bridge = isOwnWord ? [] : bridgeTo(things, frame, desk);
  return materials.flatMap(({ definition, subject }, at): OptionalBeat[] => {
    if (!definition) return [];
    const ownFrame = { ...frame, values: { ...frame.values, ...termValues(subject.term) } };
    const turns = (): string[] =>
      fillAll(desk.seeded.draw(at < own ? TURNS : DEEPER_TURNS, desk.style, 3), ownFrame.values);
    const beat = definitionBeat(definition, ownFrame, desk, at === 0 ? bridge : turns());
    const priority = at === 0 ? 1_000 : at < own ? 95 - at : 58 - at * 4;
    return [{ beat, section: `${subject.term.word}/definition`, priority, names: [] }];
  });
}

/** For a few seconds: the definition or the hook, and perhaps a last word. */
function oneScene(title: Beat, definition: Beat | undefined, closing: Beat): Beat {
  const opens = title.slots[0]?.options ?? [];
  const defines = definition?.slots.findLast(({ optional }) => !optional)?.options ?? [];
  const farewells = closing.slots.at(-1)?.options ?? [];
  const isQuestion = opens.length === 1;
  const slots = isQuestion
    ? [...slot(opens), ...slot(defines, true), ...slot(title.slots[1]?.options ?? [], true)]
    : [...slot([...defines, ...opens]), ...slot(farewells, true)];
  return { ...title, slots };
}
