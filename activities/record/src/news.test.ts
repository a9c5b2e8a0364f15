import { expect, test } from 'vitest';
import { applyEvent, emptyFold, type LockedJob } from '@aura/database';
import type { AdvanceRequest, JobEventData, StepChange } from '@aura/proto';
import { newsOf } from './news.js';

test('a report says what is new, and the same report again says nothing', () => {
  const first = report({ percent: 7, stage: 'script', steps: [step('preflight', 'succeeded')] });
  const { job, said } = tell(jobAt('running'), first);
  expect(said.map(({ type }) => type)).toEqual(['step-status', 'job-status']);
  expect(tell(job, first).said).toEqual([]);
  expect(tell(job, { ...first, message: 'other words for the same' }).said).toEqual([]);
});

test('nothing goes back: percent, stage and steps of a late report are not believed', () => {
  const { job } = tell(
    jobAt('running'),
    report({
      percent: 60,
      stage: 'compose',
      steps: [step('broll', 'succeeded'), step('mux', 'running')],
    }),
  );
  const late = [step('broll', 'running', 50), step('mux', 'pending'), step('narration', 'running')];
  const { said } = tell(job, report({ percent: 20, stage: 'voice', steps: late }));
  expect(said).toMatchObject([{ type: 'step-status', step: 'narration', percent: 60 }]);
});

test('a film of 120 scenes leaves a few dozen events', () => {
  let { job } = tell(
    jobAt('running'),
    report({ stage: 'voice', steps: [step('narration', 'running')] }),
  );
  let events = 0;
  for (let scene = 1; scene <= 120; scene += 1) {
    for (const name of ['narration', 'broll', 'subtitles'] as const) {
      const share = Math.floor((scene * 100) / 120);
      const next = tell(
        job,
        report({
          percent: 25 + Math.floor((scene * 60) / 120),
          stage: 'voice',
          message: `scene ${scene} of 120`,
          scenesDone: scene,
          scenesTotal: 120,
          steps: [step(name, 'running', share)],
          warnings: [{ code: 'Shorter', message: '', stage: 'voice', sceneId: `s${scene}` }],
        }),
      );
      events += next.said.filter(({ type }) => type !== 'warning').length;
      job = next.job;
    }
  }
  expect(events).toBeLessThan(48);
  expect(job.fold.warnings).toHaveLength(40);
  expect(job.fold.warnings.at(-1)?.code).toBe('MoreWarnings');
  expect(job.scenesDone).toBe(120);
});

test('progress without a word of steps is told in steps of three percent', () => {
  let job = jobAt('running');
  const told: number[] = [];
  for (let percent = 0; percent <= 120; percent += 1) {
    const next = tell(job, report({ percent }));
    told.push(...next.said.map((event) => event.percent));
    job = next.job;
  }
  expect(told).toEqual(Array.from({ length: 33 }, (_, index) => 3 * (index + 1)));
});

test('no number that a report may hold makes a percentage of 100, below 0, or none', () => {
  for (const percent of [100, 1e9, -5, Number.NaN, Number.POSITIVE_INFINITY, 12.7]) {
    const { said } = tell(jobAt('running'), report({ percent, stage: 'script' }));
    const [event] = said;
    expect(event?.percent).toBeGreaterThanOrEqual(0);
    expect(event?.percent).toBeLessThan(100);
    expect(Number.isInteger(event?.percent)).toBe(true);
  }
});

test('the count of finished scenes falls when a refit begins them anew', () => {
  const { job } = tell(jobAt('running'), report({ scenesDone: 5, scenesTotal: 6 }));
  expect(tell(job, report({ scenesDone: 0, scenesTotal: 6 })).job.scenesDone).toBe(0);
  expect(tell(job, report({})).job.scenesDone).toBe(5);
});

test('a job that is being canceled or has ended takes no more progress', () => {
  const news = report({ percent: 50, stage: 'voice', steps: [step('script', 'succeeded')] });
  expect(tell(jobAt('canceling'), news).said).toEqual([]);
  expect(tell(jobAt('failed'), news).said).toEqual([]);
});

test('progress of a job whose beginning was not recorded begins it', () => {
  const { said, job } = tell(
    jobAt('queued'),
    report({ percent: 1, steps: [step('preflight', 'running')] }),
  );
  expect(said[0]).toMatchObject({ type: 'job-status', state: 'running' });
  expect(job.fold.state).toBe('running');
});

function tell(job: LockedJob, request: AdvanceRequest): { job: LockedJob; said: JobEventData[] } {
  const { events, changes } = newsOf(job, request);
  const fold = events.reduce(
    (so, data) => applyEvent(so, { seq: so.seq + 1, at: new Date(0), data }),
    job.fold,
  );
  const { scenesDone = job.scenesDone, scenesTotal = job.scenesTotal } = changes ?? {};
  return { job: { ...job, scenesDone, scenesTotal, fold }, said: events };
}

function jobAt(state: 'queued' | 'running' | 'canceling' | 'failed'): LockedJob {
  const fold = { ...emptyFold(), seq: 1, state };
  const ids = { id: 'job', run: 1, tenantId: 'local', correlationId: 'test' };
  const none = {
    scenesDone: 0,
    scenesTotal: 0,
    replacements: [],
    making: null,
    allowanceUsd: null,
    autoRetry: 0,
    autoRuns: 0,
  };
  return { ...ids, ...none, now: new Date(0), fold };
}

function report(part: Partial<AdvanceRequest>): AdvanceRequest {
  const job = { videoId: 'job', run: 1, tenantId: 'local', correlationId: 'test' };
  const nothing = {
    percent: 0,
    stage: 'brief',
    message: '',
    steps: [],
    warnings: [],
    replacements: [],
  };
  return { job, scenesDone: 0, scenesTotal: 0, ...nothing, ...part };
}

function step(name: string, state: string, percent = 0): StepChange {
  return { step: name, state, percent, message: '' };
}
