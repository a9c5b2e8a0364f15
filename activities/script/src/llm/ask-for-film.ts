import { Failure } from '@aura/failure';
import { progress } from '@aura/work';
import { faulty, type Fault } from './fault.js';
import type { FilmAnswer, SceneAnswer } from './film-contract.js';
import { filmFaults, type Yardstick } from './film-faults.js';
import type { FilmOrder } from './film-order.js';
import { askedAgain, filmQuestion } from './film-questions.js';
import type { Answer, Question } from './language-model.js';
import type { PromptOverrides } from '@aura/prompts';
import { readAnswer } from './read-answer.js';
import { repairFilm, type RepairedFilm } from './repair-film.js';

/** How a question is put: journaled, once per key. Errors: those of `LanguageModel.ask`. */
export type Ask = (question: Question) => Promise<Answer>;

interface Judged {
  faults: Fault[];
  /** What could be made of it; undefined where it cannot be mended. */
  film: RepairedFilm | undefined;
}

/**
 * Asks for the script and judges what comes back. What is at fault is asked for once more, with its faults named;
 * what is still at fault is mended by rules; the better of the two is taken. `isLastAttempt` says that nobody will
 * try again when the second question fails in transit. Errors: ScriptInvalid where neither answer can be mended,
 * InvalidInput:prompts, those of `ask`.
 */
export async function askForFilm(
  order: FilmOrder,
  ask: Ask,
  options: { prompts?: PromptOverrides | undefined; isLastAttempt: boolean },
): Promise<RepairedFilm> {
  const question = filmQuestion(order, options.prompts);
  progress(15, 'asking the language model');
  const answer = await ask(question);
  const first = judged(answer, question, order);
  if (first.film && first.faults.length === 0) return first.film;

  progress(50, 'asking once more, with the faults named');
  const second = await judgedAgain(first, ask, {
    question: askedAgain(question, answer.text, first.faults),
    order,
    isLastAttempt: options.isLastAttempt,
  });
  return better(second, first).film ?? invalid(second);
}

async function judgedAgain(
  first: Judged,
  ask: Ask,
  {
    question,
    order,
    isLastAttempt,
  }: { question: Question; order: FilmOrder; isLastAttempt: boolean },
): Promise<Judged> {
  try {
    return judged(await ask(question), question, order);
  } catch (error) {
    if (!first.film || !canDoWithout(error, isLastAttempt)) throw error;
    return { faults: [faulty('it was not answered')], film: undefined };
  }
}

/** Whether work may go on without what a call should have brought: not while it is worth trying again. */
export function canDoWithout(error: unknown, isLastAttempt: boolean): boolean {
  if (!(error instanceof Failure) || error.entry.fault !== 'provider') return false;
  return isLastAttempt || !error.retryable;
}

function judged(answer: Answer, question: Question, order: FilmOrder): Judged {
  const read = readAnswer(answer.text, question.schema, answer);
  if (!read.ok) return { faults: read.faults, film: undefined };
  const film = filmIn(read.value as AnsweredFilm);
  const yardstick: Yardstick = order;
  const faults = filmFaults(film, yardstick);
  return { faults, film: repairFilm(film, yardstick) };
}

type AnsweredFilm = Omit<FilmAnswer, 'scenes'> & {
  scenes: (Omit<SceneAnswer, 'visualPrompt' | 'keywords'> & Partial<SceneAnswer>)[];
};

/** Only what the contract knows: whatever else a model adds goes no further. */
function filmIn({ title, hook, scenes, closing }: AnsweredFilm): FilmAnswer {
  return {
    title,
    hook,
    scenes: scenes.map(
      ({ kind, narration, heading, points, visualPrompt = '', keywords = [] }) => ({
        kind,
        narration,
        heading,
        points,
        visualPrompt,
        keywords,
      }),
    ),
    closing,
  };
}

/** The one that can be used; of two the one with fewer faults; of equal ones the later. */
function better(second: Judged, first: Judged): Judged {
  if (!second.film) return first;
  if (!first.film) return second;
  return first.faults.length < second.faults.length ? first : second;
}

/** Both answers are kept: trying again would find them, and nothing new. */
function invalid({ faults }: Judged): never {
  throw new Failure(
    'ScriptInvalid',
    `The language model wrote no usable script: ${faults[0]?.what ?? 'it cannot be mended'}.`,
    {
      details: faults
        .slice(0, 20)
        .map(({ what }) => what)
        .join('\n'),
      remediation:
        'Ask once more with a new job, or choose another model or provider for the script (options.providers.script).',
      retryable: false,
    },
  );
}
