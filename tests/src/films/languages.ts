import { expect, test } from 'vitest';
import type { Script } from '@aura/proto';
import {
  downloadFilm,
  filmFacts,
  jobRow,
  metadataOf,
  plainStack,
  post,
  untilSucceeded,
} from '../harness/index.js';

/** The same two sentences in every language that films are made in. */
const TEXTS: Readonly<Record<string, string>> = {
  en: 'The sea is older than every mountain. Twice a day it comes to the shore and goes away again.',
  de: 'Das Meer ist älter als jeder Berg. Zweimal am Tag kommt es an die Küste und geht wieder fort.',
  fr: 'La mer est plus vieille que toutes les montagnes. Deux fois par jour elle vient au rivage et repart.',
  es: 'El mar es más viejo que todas las montañas. Dos veces al día llega a la orilla y vuelve a irse.',
  it: 'Il mare è più vecchio di ogni montagna. Due volte al giorno arriva alla riva e poi se ne va.',
  pt: 'O mar é mais velho do que todas as montanhas. Duas vezes por dia chega à costa e volta a partir.',
  pl: 'Morze jest starsze niż każda góra. Dwa razy dziennie przychodzi do brzegu i znowu odchodzi.',
  ru: 'Море старше любой горы. Два раза в день оно приходит к берегу и снова уходит.',
  uk: 'Море старше за будь-яку гору. Двічі на день воно приходить до берега і знову відходить.',
  tr: 'Deniz bütün dağlardan daha yaşlıdır. Günde iki kez kıyıya gelir ve yeniden gider.',
  ar: 'البحر أقدم من كل الجبال. يأتي إلى الشاطئ مرتين في اليوم ثم يعود.',
  he: 'הים עתיק מכל ההרים. פעמיים ביום הוא מגיע אל החוף וחוזר לדרכו.',
  hi: 'समुद्र हर पहाड़ से पुराना है। दिन में दो बार वह किनारे पर आता है और फिर चला जाता है।',
  zh: '大海比所有的山都古老。它每天两次来到岸边，然后又离去。',
  ja: '海はどの山よりも古い。一日に二度、岸に寄せてはまた帰っていく。',
  ko: '바다는 모든 산보다 오래되었습니다. 하루에 두 번 바닷가로 왔다가 다시 돌아갑니다.',
  nl: 'De zee is ouder dan elke berg. Twee keer per dag komt ze naar de kust en gaat weer weg.',
};

export const LANGUAGES: readonly string[] = Object.keys(TEXTS);

/** What a film without any account may be told of its voice, and nothing else. */
const BEARABLE = new Set(['VoiceLimited', 'MaterialExhausted', 'NarrativeArc']);

/** Orders a short film of each of these languages, without any account, and looks at what has come of it. */
export function testLanguages(languages: readonly string[]): void {
  test.each(languages)(
    'a film in "%s" is written, spoken, drawn and captioned on this machine alone',
    async (language) => {
      const stack = await plainStack();
      const text = TEXTS[language]!;
      const answer = await post(`${stack.url}/api/videos/generate`, {
        brief: text,
        durationMinutes: 0.2,
        options: { language, quality: 'draft', fps: 12, offline: true },
      });
      expect(answer.status).toBe(202);
      const { jobId } = (await answer.json()) as { jobId: string };
      await untilSucceeded(stack, jobId, 120_000);
      const { language: written, scenes } = (await jobRow(stack, jobId))['script'] as Script;
      const spoken = scenes.map(({ narration }) => narration).join(' ');
      expect(written.startsWith(language)).toBe(true);
      expect(lettersOf(spoken)).toBe(lettersOf(text));
      expect(lettersOf(await captionsOf(stack.url, jobId))).toBe(lettersOf(text));
      const { warnings, downgrades } = await metadataOf(stack, jobId);
      expect(downgrades).toEqual([]);
      expect(warnings.map(({ code }) => code).filter((code) => !BEARABLE.has(code))).toEqual([]);
      const { durationMs, streams } = await filmFacts(await downloadFilm(stack, jobId));
      expect(streams).toEqual(expect.arrayContaining(['video', 'audio']));
      expect(durationMs).toBeGreaterThan(4_000);
      expect(durationMs).toBeLessThan(25_000);
    },
    180_000,
  );
}

/** The lines of a SubRip file without its numbers and times. */
async function captionsOf(url: string, jobId: string): Promise<string> {
  const answer = await fetch(`${url}/api/videos/${jobId}/artifacts/captions`);
  expect(answer.status).toBe(200);
  const lines = (await answer.text()).split(/\r?\n/);
  return lines.filter((line) => !/^\d+$/.test(line) && !line.includes('-->')).join(' ');
}

/** Captions break lines where they like. */
function lettersOf(text: string): string {
  return text.normalize('NFC').replaceAll(/[^\p{L}\p{M}\p{N}]/gu, '');
}
