import { capitalised, listed } from '../english/words.js';
import { slot, type Beat, type OptionalBeat } from '../film/beat.js';
import { BROADER, OTHER_NAMES, OTHER_SENSES } from '../phrases/en-meaning.js';
import type { Values } from '../template.js';
import { sayable, type Desk } from './desk.js';
import { definitionHeading } from './entry-beats.js';
import type { Material } from './gather.js';

/** The wider word, other names, other senses: what belongs to the definition. */
export function meaningBeats(material: Material, values: Values, desk: Desk): OptionalBeat[] {
  const told = [
    broaderBeat(material, values, desk),
    namesBeat(material, values, desk),
    ...senseBeats(material, values, desk),
  ];
  return told.flatMap((one) => (one && one.beat.slots.length > 0 ? [one] : []));
}

function broaderBeat(
  { subject, broader, definition }: Material,
  values: Values,
  desk: Desk,
): OptionalBeat | undefined {
  const { term } = subject;
  if (!broader || definition?.definition.text.includes(broader.definition.text)) return undefined;
  const ways = sayable(
    desk.seeded.draw(BROADER, desk.style, 4),
    { ...values, hg: broader.definition.text },
    term.isPerson,
  );
  const aside = broader.asides[0]?.replace(/^(?:It|They)\b/, capitalised(broader.listed));
  const beat: Beat = {
    kind: 'statement',
    heading: definitionHeading(broader),
    points: [],
    slots: [...slot(ways), ...slot(aside ? [aside] : [], true)],
    keywords: [broader.name],
    sight: broader.name,
  };
  return { beat, section: `${term.word}/definition`, priority: 90, names: [] };
}

function namesBeat(
  { subject, otherNames }: Material,
  values: Values,
  desk: Desk,
): OptionalBeat | undefined {
  const { term } = subject;
  if (otherNames.length === 0) return undefined;
  const names = { ...values, names: listed(otherNames), namesOr: listed(otherNames, 'or') };
  const beat: Beat = {
    kind: 'statement',
    heading: `Also called ${otherNames[0]}`,
    points: [],
    slots: slot(sayable(desk.seeded.draw(OTHER_NAMES, desk.style, 3), names, term.isPerson)),
    keywords: otherNames,
    sight: term.word,
  };
  return { beat, section: `${term.word}/definition`, priority: 63, names: [] };
}

function senseBeats(
  { subject, otherSenses }: Material,
  values: Values,
  desk: Desk,
): OptionalBeat[] {
  const { term } = subject;
  return otherSenses.map((sense, at): OptionalBeat => {
    const drawn = desk.seeded.draw(OTHER_SENSES, desk.style, 4);
    const beat: Beat = {
      kind: 'statement',
      heading: `${capitalised(term.word)}, in another sense`,
      points: [],
      slots: slot(sayable(drawn, { ...values, g2: sense.definition.text }, term.isPerson)),
      keywords: [term.word],
      sight: sense.definition.head,
    };
    return { beat, section: `${term.word}/sense-${at}`, priority: 70 - at * 14, names: [] };
  });
}
