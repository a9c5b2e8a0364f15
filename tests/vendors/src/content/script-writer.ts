import type { ScriptDefect } from '../faults/fault.js';
import type { PromptFacts } from './prompt-facts.js';
import { resolved, typeOf, type Schema } from './schema.js';
import { bankOf, type WholeBank } from './sentence-bank.js';
import { Narrator } from './sentences.js';
import { headingOf, keywordsOf, pointOf, visualPromptOf } from './short-texts.js';

interface Order {
  facts: PromptFacts;
  root: Schema;
  seed: number;
  defect?: ScriptDefect;
}

/** Where a value stands: the property's name, and which entry of the nearest list. */
interface Place {
  name: string;
  index: number;
  of: number;
  depth: number;
  /** What the scene around it was said to be. */
  kind?: unknown;
}

const DEFAULT_SCENES = 5;
const DEFAULT_WORDS = 28;
const MAX_DEPTH = 12;
/** Deeper lists are as short as they may be, or a schema that holds itself would grow without end. */
const MAX_LIST_DEPTH = 6;
/** Spoken before and after the scenes, each half as long as one of them. */
const FRAME = /hook|intro|closing|outro/iu;
const FRAME_SHARE = 0.5;
const LEAST_WORDS = 2;
/** What becomes of the asked length. */
const LENGTHS: Partial<Record<ScriptDefect, number>> = {
  'too-short': 0.4,
  'too-long': 2.5,
  'too-few': 0.8,
};

/** Fills a schema with a script: properties are understood by their names, everything else by its type. */
export class ScriptWriter {
  private readonly bank: WholeBank;
  private readonly narrator: Narrator;
  private readonly scenes: number;
  private readonly wordsPerScene: number;
  private readonly charactersPerScene: number;
  private readonly language: string;
  /** Characters that should have been spoken by now, and those that were. */
  private dueSoFar = 0;
  private spokenSoFar = 0;

  constructor(private readonly order: Order) {
    const { facts, seed, defect } = order;
    const other = facts.language === 'en' ? 'de' : 'en';
    this.language = facts.language;
    this.bank = bankOf(defect === 'wrong-language' ? other : facts.language);
    this.narrator = new Narrator(this.bank, facts.topic, seed);
    const asked = Math.round(facts.scenes ?? facts.ids.length) || undefined;
    const whole = facts.words ?? facts.spokenWords;
    const byLength = whole === undefined ? DEFAULT_SCENES : Math.max(3, Math.round(whole / 30));
    this.scenes = Math.min(60, Math.max(1, asked ?? byLength));
    const frame = Object.keys(order.root.properties ?? {}).filter((name) =>
      FRAME.test(name),
    ).length;
    const share = (words: number) =>
      Math.max(LEAST_WORDS, words / (this.scenes + FRAME_SHARE * frame));
    this.wordsPerScene =
      facts.words === undefined
        ? (facts.wordsPerScene ?? share(whole ?? this.scenes * DEFAULT_WORDS))
        : share(facts.words);
    this.charactersPerScene =
      this.wordsPerScene * this.bank.wordCharacters * ((defect && LENGTHS[defect]) ?? 1);
  }

  write(): unknown {
    return this.value(this.order.root, { name: '', index: 0, of: 1, depth: 0 });
  }

  private value(schema: Schema, place: Place): unknown {
    const found = resolved(schema, this.order.root);
    if (found.const !== undefined) return found.const;
    if (found.enum) return this.choice(found.enum, place);
    switch (typeOf(found)) {
      case 'object':
        return this.object(found, place);
      case 'array':
        return this.list(found, place);
      case 'integer':
      case 'number':
        return this.number(found, place);
      case 'boolean':
        return false;
      case 'null':
        return null;
      default:
        return bounded(this.text(found, place), found);
    }
  }

  private object({ properties = {} }: Schema, place: Place): unknown {
    if (place.depth > MAX_DEPTH) return {};
    const made: Record<string, unknown> = {};
    for (const [name, schema] of Object.entries(properties)) {
      const kind = made['kind'] ?? place.kind;
      const inside = { ...place, name, depth: place.depth + 1, kind };
      made[name] = this.value(schema, inside);
    }
    return made;
  }

  private list(schema: Schema, place: Place): unknown[] {
    const { minItems = 0, maxItems = Infinity, items = {} } = schema;
    const isScenes = typeOf(resolved(items, this.order.root)) === 'object';
    const usual = isScenes
      ? this.scenes
      : LIST_LENGTHS.find(([name]) => name.test(place.name))?.[1];
    const isWithout = POINTS.test(place.name) && place.kind !== undefined && place.kind !== 'list';
    const wanted = place.depth > MAX_LIST_DEPTH || isWithout ? 0 : (usual ?? 3);
    const allowed = Math.min(maxItems, Math.max(minItems, wanted));
    const isShort = this.order.defect === 'too-few' && isScenes;
    const of = isShort ? Math.floor(allowed / 2) : allowed;
    const item = resolved(items, this.order.root);
    const keywords = keywordsOf(this.order.facts.topic, this.order.seed + place.index, of);
    const isPlain = typeOf(item) === 'string' && !item.enum && item.const === undefined;
    if (KEYWORDS.test(place.name) && isPlain && keywords.length === of) {
      return keywords.map((keyword) => bounded(keyword, item));
    }
    return Array.from({ length: of }, (_, index) =>
      this.value(items, {
        name: singular(place.name),
        index: isScenes ? index : place.index * 16 + index,
        of,
        depth: place.depth + 1,
      }),
    );
  }

  private choice(values: readonly unknown[], { name, index, of }: Place): unknown {
    if (/kind|type|role/iu.test(name)) {
      const wanted =
        index === 0
          ? ['title', 'hook', 'intro']
          : index === of - 1
            ? ['closing', 'outro']
            : index % 4 === 2
              ? ['list']
              : [];
      const fit = [...wanted, 'statement', 'body'].find((value) => values.includes(value));
      if (fit !== undefined) return fit;
    }
    if (/lang/iu.test(name) && values.includes(this.language)) return this.language;
    // A script of its own is good.
    if (/^arc$/iu.test(name) && values.includes('sound')) return 'sound';
    if (/^(?:scene_?)?id$/iu.test(name)) return values[index % values.length];
    return values[(this.order.seed + index) % values.length];
  }

  private number(schema: Schema, { name, index }: Place): number {
    const isWhole = typeOf(schema) === 'integer';
    const least =
      schema.minimum ??
      (schema.exclusiveMinimum === undefined
        ? undefined
        : schema.exclusiveMinimum + (isWhole ? 1 : 0.01));
    const most =
      schema.maximum ??
      (schema.exclusiveMaximum === undefined
        ? undefined
        : schema.exclusiveMaximum - (isWhole ? 1 : 0.01));
    const seconds = (this.wordsPerScene * 60) / 145;
    // People count from 1, programs from 0.
    const wanted = /^(?:number|no|nr|n)$/iu.test(name)
      ? index + (least ?? 1)
      : /index|number|order|position/iu.test(name)
        ? index + (least ?? 0)
        : /ms$|milli/iu.test(name)
          ? seconds * 1000
          : /duration|second|length/iu.test(name)
            ? seconds
            : ((least ?? 0) + 3 * (most ?? 10)) / 4;
    const step = schema.multipleOf ?? (isWhole ? 1 : 0.01);
    const stepped = Math.round(wanted / step) * step;
    const inside = Math.min(most ?? Infinity, Math.max(least ?? -Infinity, stepped));
    return isWhole ? Math.round(inside) : Math.round(inside * 100) / 100;
  }

  private text(schema: Schema, { name, index }: Place): string {
    const { facts, seed } = this.order;
    if (/^(?:scene_?)?id$|slug/iu.test(name)) {
      return facts.ids[index] ?? `s${String(index + 1).padStart(2, '0')}`;
    }
    if (/lang/iu.test(name)) return this.language;
    if (FRAME.test(name)) return this.paragraph(FRAME_SHARE);
    if (/visual|image|picture|prompt|shot|broll/iu.test(name)) {
      return visualPromptOf(facts.topic, seed, index);
    }
    if (KEYWORDS.test(name)) return keywordsOf(facts.topic, seed + index, 1)[0] ?? facts.topic;
    if (/title|heading|headline|label/iu.test(name)) return headingOf(facts, seed, index);
    if (/point|bullet|item/iu.test(name)) return pointOf(this.bank, seed + index);
    if (/style|tone|mood/iu.test(name)) return 'documentary';
    if (schema.format === 'date') return '2026-01-15';
    if (/narrat|voice|spoken|speech|text|content|script|body|line/iu.test(name)) {
      return this.narration(index);
    }
    return this.narrator.next();
  }

  private narration(index: number): string {
    switch (this.order.defect) {
      case 'empty-text':
        return '';
      case 'repeats':
        return 'The answer is closer than it seems. Each part depends on the one before it.';
      case 'markdown':
        return `## Part ${index + 1}\n\n- **${this.narrator.next()}**\n- ${this.narrator.next()}`;
      case 'stage-directions':
        return `(Music swells) ${this.narrator.next()} [pause] NARRATOR: ${this.narrator.next()}`;
      default:
        return this.paragraph(1);
    }
  }

  /**
   * As long as so much of a scene. What was said too much or too little before is made good, so that the whole has its
   * length.
   */
  private paragraph(share: number): string {
    this.dueSoFar += share * this.charactersPerScene;
    const text = this.narrator
      .paragraph(this.dueSoFar - this.spokenSoFar)
      .join(this.isDense() ? '' : ' ');
    this.spokenSoFar += text.length + 1;
    return text;
  }

  private isDense(): boolean {
    return this.language === 'zh' || this.language === 'ja';
  }
}

const KEYWORDS = /keyword|tag/iu;
const POINTS = /point|bullet/iu;
const LIST_LENGTHS: readonly (readonly [RegExp, number])[] = [
  [KEYWORDS, 4],
  [POINTS, 3],
];

function singular(name: string): string {
  return name.replace(/s$/u, '');
}

function bounded(text: string, { minLength = 0, maxLength = Infinity }: Schema): string {
  const cut =
    text.length <= maxLength
      ? text
      : text
          .slice(0, maxLength)
          .replace(/\s+\S*$/u, '')
          .slice(0, maxLength);
  return cut.padEnd(minLength, '.');
}
