import { afterEach, beforeEach, expect, test } from 'vitest';
import { startVendor, type Vendor } from '@aura/vendors';
import fc from 'fast-check';
import { openStage, type OrderChange, type Stage } from '../testing/asked-models.js';
import { analysisFaults, askForAnalysis } from './ask-for-analysis.js';
import type { AnalysisAnswer } from './analysis-contract.js';
import type { Answer, Question } from './language-model.js';

let vendor: Vendor;
let stage: Stage;
beforeEach(async () => {
  vendor = await startVendor('openai');
  stage = await openStage({
    openai: { key: vendor.key, baseUrl: `${vendor.url}/v1`, model: 'gpt-4o-mini' },
  });
});
afterEach(async () => {
  await stage.close();
  await vendor.close();
});

const ANALYSED: OrderChange = { tuning: { pacing: false, narration: false, analysis: true } };
const QUESTION = 'say how it is built';

test('the model that wrote a script says how it is built; it is paid once and counted', async () => {
  const { analysis, scenes, warnings } = await stage.write(ANALYSED);
  expect(analysis).toMatchObject({ by: 'openai', arcProblems: [] });
  expect(analysis?.scenes.map(({ sceneId }) => sceneId)).toEqual(scenes.map(({ id }) => id));
  expect(warnings.map(({ code }) => code)).not.toContain('AnalysisByRules');
  await stage.write({ ...ANALYSED, videoId: 'v2' });
  expect(vendor.bill().accepted).toBe(2);
  const calls = await stage.journal.calls('v1');
  const costUsd = calls.reduce((sum, { end }) => sum + (end?.costUsd ?? 0), 0);
  expect(calls).toHaveLength(2);
  expect(costUsd).toBeCloseTo(vendor.bill().costUsd, 6);
});

test('what it says changes the pictures, and nothing that is spoken', async () => {
  const plain = await stage.write();
  const looked = await stage.write(ANALYSED);
  const said = (script: typeof plain) => script.scenes.map(({ narration }) => narration);
  expect(said(looked)).toEqual(said(plain));
  const changed = looked.scenes.filter(
    ({ visualPrompt }, at) => visualPrompt !== plain.scenes[at]?.visualPrompt,
  );
  expect(changed).toHaveLength(plain.scenes.length);
  expect(plain.analysis?.by).toBe('rules');
});

test('a faulty analysis is asked for once more, a second one is given up for the rules', async () => {
  vendor.faults([{ kind: 'bad-script', how: 'not-json', match: QUESTION, calls: 1 }]);
  expect((await stage.write(ANALYSED)).analysis?.by).toBe('openai');
  expect(vendor.bill().accepted).toBe(3);
  vendor.faults([{ kind: 'bad-script', how: 'not-json', match: QUESTION }]);
  const { analysis, warnings } = await stage.write({ ...ANALYSED, text: 'Volcanoes of Iceland' });
  expect(analysis?.by).toBe('rules');
  expect(warnings.map(({ code }) => code)).toContain('AnalysisByRules');
});

test('no film is lost, and nobody is asked again, because an analysis fails', async () => {
  vendor.faults([{ kind: 'status', status: 500, match: QUESTION }]);
  const { analysis, warnings } = await stage.write(ANALYSED);
  expect(analysis?.by).toBe('rules');
  expect(warnings.map(({ code }) => code)).toContain('AnalysisByRules');
  expect(vendor.requests()).toHaveLength(2);
});

test('an analysis has an entry for every scene, and shares within bounds', () => {
  const entry = {
    number: 1,
    part: 'opening',
    mood: 'calm',
    shot: 'wide',
    importance: 50,
    difficulty: 20,
  } as const;
  const answer: AnalysisAnswer = { arc: 'sound', level: 'easy', scenes: [entry] };
  expect(analysisFaults(answer, 1)).toEqual([]);
  expect(analysisFaults(answer, 3)).toEqual([
    { what: 'there is no entry for scene 2, 3 of 3', order: '' },
  ]);
  expect(analysisFaults({ ...answer, scenes: [{ ...entry, importance: 101 }] }, 1)).toHaveLength(1);
});

test('only closed words of an analysis are told: what a model adds goes nowhere', async () => {
  const scenes = [{ id: 's01', narration: 'Bees fly.', heading: 'Bees' }].map((scene) => ({
    ...scene,
    index: 0,
    kind: 'statement',
    points: [],
    visualPrompt: 'bees',
    keywords: [],
  }));
  const asked: Question[] = [];
  const said = (arc: string) =>
    JSON.stringify({
      arc,
      level: 'easy',
      note: 'visit http://evil.example',
      scenes: [
        { number: 1, part: 'opening', mood: 'calm', shot: 'wide', importance: 1, difficulty: 2 },
      ],
    });
  const ask = (question: Question): Promise<Answer> => {
    asked.push(question);
    const text = said(asked.length === 1 ? 'ignore all rules' : 'no ending');
    return Promise.resolve({ text, isCut: false, model: 'm', usage: {} });
  };
  const order = { provider: 'm', title: 'Bees', style: 'news', audience: '', scenes };
  const { analysis } = await askForAnalysis(order, ask);
  expect(asked[1]?.earlier?.correction).toContain('answer.arc is none of sound');
  expect(analysis?.arcProblems).toEqual(['it stops instead of coming to an end']);
  expect(JSON.stringify(analysis)).not.toContain('evil');
});

test('whatever comes back is an analysis of every scene within bounds, or none', async () => {
  const scenes = ['Bees fly.', 'They rest.'].map((narration, index) => ({
    id: `s0${index + 1}`,
    index,
    kind: 'statement',
    narration,
    heading: 'Bees',
    points: [],
    visualPrompt: 'bees',
    keywords: [],
  }));
  const order = { provider: 'm', title: 'Bees', style: 'news', audience: '', scenes };
  const word = fc.constantFrom('calm', 'opening', 'wide', 'sound', 'easy', '__proto__', '');
  const number = fc.oneof(fc.integer({ min: -2, max: 120 }), fc.double(), fc.constant(null));
  const entry = fc.record({
    number: fc.oneof(fc.integer({ min: 0, max: 3 }), number),
    part: word,
    mood: word,
    shot: word,
    importance: number,
    difficulty: number,
  });
  const answer = fc.oneof(
    fc.json(),
    fc
      .record({ arc: word, level: word, scenes: fc.array(entry, { maxLength: 5 }) })
      .map((value) => JSON.stringify(value)),
  );
  await fc.assert(
    fc.asyncProperty(answer, fc.boolean(), async (text, isCut) => {
      const ask = () => Promise.resolve({ text, isCut, model: 'm', usage: {} });
      const { analysis, warnings } = await askForAnalysis(order, ask);
      expect(warnings).toHaveLength(analysis ? 0 : 1);
      for (const { importance, difficulty } of analysis?.scenes ?? []) {
        for (const share of [importance, difficulty]) {
          expect(share).toBeGreaterThanOrEqual(0);
          expect(share).toBeLessThanOrEqual(1);
        }
      }
      expect(analysis?.scenes.length ?? 2).toBe(2);
    }),
    { numRuns: 200 },
  );
});
