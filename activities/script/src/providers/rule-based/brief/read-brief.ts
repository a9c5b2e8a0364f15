import { Failure } from '@aura/failure';
import { cleanText, hasWords } from '../../../text/clean-text.js';
import { endsLikeSentence, sentencesOf } from '../../../text/sentences.js';
import { styleFor } from '../../../styles.js';
import type { BriefForm, Hints, Paragraph, ReadBrief } from './brief-forms.js';
import { inlineOutline, linesOf, pointsOf, type Line } from './outline.js';
import { readRequest, withoutTail, type Request } from './request.js';

/** How many words a topic may have; longer lines without a full stop are text. */
const MAX_TOPIC_WORDS = 16;
const MAX_TOPIC_CHARACTERS = 140;
const MAX_REQUEST_CHARACTERS = 400;

/** Finds a request in other languages than English; given by their phrase modules. */
export type FindRequest = (sentence: string) => { topic: string; language: string } | undefined;

/**
 * Reads what the user wrote: a topic, a request, an outline or a full text, and what it says about style,
 * audience and language on the way. Throws InvalidInput:brief where nothing can be read aloud.
 */
export function readBrief(raw: string, language: string, findRequest: FindRequest): ReadBrief {
  const text = cleanText(raw);
  if (!hasWords(text)) throw nothingToSay();
  const { rest, hints } = labelled(text);
  const body = rest === '' ? text : rest;
  const asking = (sentence: string): Request | undefined => {
    if (sentence.length > MAX_REQUEST_CHARACTERS) return undefined;
    const foreign = findRequest(sentence);
    if (foreign === undefined) return readRequest(sentence);
    return { topic: foreign.topic, hints: { language: foreign.language } };
  };
  const found = formOf(body, language, asking);
  return { content: found.content, hints: { ...found.hints, ...hints } };
}

function formOf(
  text: string,
  language: string,
  asking: (sentence: string) => Request | undefined,
): ReadBrief {
  const lines = linesOf(text, indentsOf(text));
  const outline = outlineOf(lines, asking);
  if (outline) return outline;
  const flat = text.replace(/\s+/g, ' ').trim();
  const inline = inlineOutline(flat);
  if (
    inline &&
    inline.points.every(({ text: point }) => sentencesOf(point, language).length <= 2)
  ) {
    const titled = titleOf(inline.title, asking);
    return {
      content: { form: 'outline', ...inline, title: titled.topic, count: titled.count },
      hints: titled.hints,
    };
  }
  const sentences = sentencesOf(flat, language);
  const [first = '', ...others] = sentences;
  const asked = asking(first);
  const request = asked && asked.topic.length <= MAX_TOPIC_CHARACTERS ? asked : undefined;
  if (request && others.every((sentence) => isInstruction(sentence))) {
    return requested(request, others);
  }
  const { title, paragraphs } = paragraphsOf(lines, language, request ? first : '');
  if (request)
    return {
      content: { form: 'text', title: title || request.topic, paragraphs },
      hints: request.hints,
    };
  if (isTopic(flat, sentences)) {
    const { topic, hints } = withoutTail(flat);
    const isQuestion = /[?？؟]$/u.test(flat);
    return { content: topicForm(isQuestion ? flat : topic), hints: isQuestion ? {} : hints };
  }
  return { content: { form: 'text', title, paragraphs }, hints: {} };
}

/** A request for a film, perhaps with wishes after it ("Explain why they erupt."). */
function requested(request: Request, wishes: string[]): ReadBrief {
  const points = wishes.flatMap((wish) => {
    const point =
      /^(?:please )?(?:also )?(?:explain|cover|mention|describe|include|discuss|show|talk about|tell (?:us|them|viewers) (?:about )?|start with|begin with|end with|finish with|then)\s+(.{4,140}?)[.!]*$/i.exec(
        wish,
      );
    return point?.[1] ? [withoutTail(point[1]).topic] : [];
  });
  return {
    content: { ...topicForm(request.topic), ...(points.length > 0 ? { wishes: points } : {}) },
    hints: request.hints,
  };
}

function isInstruction(sentence: string): boolean {
  return /^(?:please|also|then|explain|cover|mention|describe|include|discuss|show|talk|tell|start|begin|end|finish|keep|make|use|add|avoid|focus|highlight|emphasi[sz]e|give|write|do not|don['’]t|no |it (?:should|must)|the (?:video|film|tone|style|script|audience|language|length|duration)|target|aim|length|duration|style|tone|audience|mood|i want|i need|i['’]d|we want|we need|around|about \d)/i.test(
    sentence.trim(),
  );
}

/** "10 facts about penguins" keeps its number; a question keeps its wording. */
function topicForm(written: string): Extract<BriefForm, { form: 'topic' }> {
  const topic = asPhrase(written);
  const counted =
    /^(?:the )?(?:top )?(\d{1,2}|three|four|five|six|seven|eight|nine|ten) (?:\w+ ){0,2}?(?:facts|things|tips|reasons|ideas|ways|points|secrets|lessons|steps|questions|myths) (?:you (?:should|need to|must) know )?(?:about|on|for|to know about|regarding|concerning)\s+(.+)$/i.exec(
      topic,
    );
  const numbers = ['three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
  if (!counted?.[1] || !counted[2]) return { form: 'topic', topic };
  const count = Number(counted[1]) || numbers.indexOf(counted[1].toLowerCase()) + 3;
  return { form: 'topic', topic: counted[2], ...(count >= 2 && count <= 20 ? { count } : {}) };
}

/** A topic stands inside sentences of ours: it brings no quotation marks, brackets or full stops into them. */
function asPhrase(written: string): string {
  const isQuestion = /[?？؟]\s*$/u.test(written);
  const plain = written
    .replace(/[“”„"«»「」『』()[\]{}<>|*_^~\\]+/gu, ' ')
    .replace(/[.!?。！？؟।:;：；…]+(?=\s|$)/gu, ' ')
    .replace(/(?:^|\s)[^\p{L}\p{N}&+]+(?=\s|$)/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (plain === '') return written.trim();
  return isQuestion ? `${plain}?` : plain;
}

function isTopic(text: string, sentences: readonly string[]): boolean {
  if (sentences.length > 1 || text.length > MAX_TOPIC_CHARACTERS) return false;
  const words = text.split(' ').length;
  if (/[.。।։]$/u.test(text)) return words <= 3 && !/[。।]$/u.test(text);
  const spaceless = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text);
  return words <= MAX_TOPIC_WORDS && (!spaceless || text.length <= 30);
}

function outlineOf(
  lines: readonly Line[],
  asking: (sentence: string) => Request | undefined,
): ReadBrief | undefined {
  const points = pointsOf(
    lines.some(({ kind }) => /bullet|text/.test(kind)) ? lines : lines.map(asBullet),
  );
  const firstBullet = lines.findIndex(({ kind }) => kind === 'bullet');
  const before = lines.slice(0, Math.max(0, firstBullet)).filter(({ kind }) => kind !== 'blank');
  const plain = lines.filter(({ kind }) => kind === 'text').length;
  const bullets = lines.filter(({ kind }) => kind === 'bullet' || kind === 'sub-bullet').length;
  if (points.length >= 2 && bullets >= plain && before.length <= 3) {
    const titled = titleOf(before.map(({ text }) => text).join(' '), asking);
    return {
      content: { form: 'outline', title: titled.topic, points, count: titled.count },
      hints: titled.hints,
    };
  }
  const short = lines.filter(({ kind }) => kind !== 'blank');
  const areLabels = short.every(
    ({ text, kind }) => kind === 'text' && text.length <= 80 && !endsLikeSentence(text),
  );
  if (points.length > 0 || short.length < 3 || short.length > 40 || !areLabels) return undefined;
  const [title, ...rest] = short;
  const titled = titleOf(title?.text ?? '', asking);
  return {
    content: {
      form: 'outline',
      title: titled.topic,
      points: rest.map(({ text }) => ({ text, details: [] })),
    },
    hints: titled.hints,
  };
}

/** A brief of headings alone is a list of points. */
function asBullet(line: Line): Line {
  return line.kind === 'heading' ? { ...line, kind: 'bullet' } : line;
}

function titleOf(line: string, asking: (sentence: string) => Request | undefined): Request {
  const plain = line.trim().replace(/\s*[:：.–-]+$/u, '');
  const withoutList = plain.replace(
    /(?:[,:]?\s*(?:with |covering |including )?(?:these|the following) (?:points|topics|steps|sections))$/i,
    '',
  );
  return asking(withoutList) ?? withoutTail(withoutList);
}

/** Running text by paragraphs; short lines without an ending that stand before one are its heading. */
function paragraphsOf(
  lines: readonly Line[],
  language: string,
  without: string,
): { title: string; paragraphs: Paragraph[] } {
  const paragraphs: Paragraph[] = [];
  let [title, heading] = ['', ''];
  let open: string[] = [];
  let items: string[] = [];
  const close = (): void => {
    const joined = open.join(' ').replace(/\s+/g, ' ').trim();
    const text =
      without !== '' && joined.startsWith(without) ? joined.slice(without.length) : joined;
    const sentences =
      items.length > 0 ? items.map((item) => ended(item)) : sentencesOf(text, language);
    if (sentences.length > 0) paragraphs.push({ heading, sentences, items });
    if (sentences.length > 0) heading = '';
    [open, items] = [[], []];
  };
  for (const [at, { text, kind }] of lines.entries()) {
    const isBullet = kind.endsWith('bullet');
    const isLabel = kind === 'text' && open.length === 0 && isHeadingLine(text, lines[at + 1]);
    if (kind === 'blank' || kind === 'heading' || isLabel || isBullet !== items.length > 0) close();
    if (kind === 'heading' || isLabel) {
      if (heading !== '' && paragraphs.length === 0) title = heading;
      heading = text.replace(/[:：]$/u, '');
    } else if (isBullet) items.push(text);
    else if (kind !== 'blank' && !isStageDirection(text)) open.push(withoutSpeaker(text));
  }
  close();
  return { title, paragraphs };
}

function ended(item: string): string {
  return endsLikeSentence(item) ? item : `${item.replace(/[,;:]+$/u, '')}.`;
}

function isHeadingLine(text: string, next: Line | undefined): boolean {
  if (next === undefined || text.length > 70 || /[.!?。！？,;]["”’]?$/u.test(text)) return false;
  return (
    text.endsWith(':') || next.kind === 'blank' || /^(?:scene|chapter|part|act)\s+\w+\b/i.test(text)
  );
}

function isStageDirection(text: string): boolean {
  return /^[[(][^\])]{1,120}[\])]$/.test(text);
}

/** "Narrator: …" and time codes are for the maker, not for the listener. */
function withoutSpeaker(text: string): string {
  return text
    .replace(
      /^[[(]?\d{1,2}:\d{2}(?::\d{2})?(?:\s*[-–]\s*\d{1,2}:\d{2}(?::\d{2})?)?[\])]?\s*[-–:]?\s*/,
      '',
    )
    .replace(/^(?:narrator|voice-?over|vo|speaker|host)\s*:\s*/i, '');
}

/** Lines such as "Style: news" or "Audience: children" are about the film. */
function labelled(text: string): { rest: string; hints: Hints } {
  const hints: Hints = {};
  const rest = text
    .split('\n')
    .filter((line) => {
      const found =
        /^(style|audience|target audience|tone|length|duration|format|aspect(?: ratio)?|language)\s*:\s*(.{1,60})$/i.exec(
          line.trim(),
        );
      if (!found?.[1] || !found[2]) return true;
      const label = found[1].toLowerCase();
      if (label === 'style') hints.style = styleFor(found[2]).style;
      if (label.includes('audience')) hints.audience = found[2].trim();
      return false;
    })
    .map((line) => line.replace(/^(?:topic|title|subject|theme)\s*:\s*(?=\S)/i, ''))
    .join('\n')
    .trim();
  return { rest, hints };
}

function indentsOf(text: string): (line: number) => number {
  const indents = text.split('\n').map((line) => line.length - line.trimStart().length);
  return (line) => indents[line] ?? 0;
}

function nothingToSay(): Failure {
  return new Failure('InvalidInput:brief', 'The brief holds no words that could be read aloud.', {
    fields: [{ field: 'brief', message: 'Write a topic, a few points or a text.' }],
  });
}
