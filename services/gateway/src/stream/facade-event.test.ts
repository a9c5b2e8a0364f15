import { expect, test } from 'vitest';
import { STAGES, STEPS, type JobEventData } from '@aura/proto';
import { COMPLETED, failedWith, failureReport, progressTo, RUNNING } from '../testing/jobs.js';
import { STREAM_MESSAGES } from './stream-schema.js';
import { endsStream, facadeEvent, toldAfter, type Told } from './facade-event.js';

const JOB = '01a1fef1-fafd-7162-9915-1300ab43c498';
const at = new Date('2026-01-01T00:00:00Z');
const facade = (data: JobEventData, told: Partial<Told> = {}) =>
  facadeEvent(
    { jobId: 'j', seq: 1, run: 1, at, data },
    { correlationId: 'c', told: { percent: 0, stage: 'brief', ...told } },
  );

const WARNING = { code: 'StyleMapped', message: 'Mapped.', stage: 'script', sceneId: '' };

const ONE_OF_EACH: Record<JobEventData['type'], JobEventData> = {
  'job-status': RUNNING,
  'step-status': {
    type: 'step-status',
    step: 'script',
    stage: 'script',
    state: 'running',
    percent: 5,
    message: '',
  },
  'step-progress': progressTo(30),
  'step-error': {
    type: 'step-error',
    step: 'narration',
    stage: 'voice',
    percent: 30,
    failure: failureReport({}),
  },
  warning: { type: 'warning', percent: 30, warning: WARNING },
  'job-completed': COMPLETED,
  'job-failed': failedWith({ code: 'StepTimeout:narration' }, 40),
};

test('every durable event becomes one facade event, and only an end ends the stream', () => {
  const told = Object.entries(ONE_OF_EACH).map(([type, data]) => [type, facade(data)] as const);
  expect(told.map(([type, { event }]) => [type, event])).toEqual([
    ['job-status', 'progress'],
    ['step-status', 'progress'],
    ['step-progress', 'progress'],
    ['step-error', 'progress'],
    ['warning', 'progress'],
    ['job-completed', 'done'],
    ['job-failed', 'error'],
  ]);
  for (const [type, event] of told) {
    const sent: unknown = JSON.parse(JSON.stringify({ ...event.data, jobId: JOB }));
    expect(STREAM_MESSAGES[event.event].parse(sent)).toEqual(sent);
    expect(endsStream(event)).toBe(type === 'job-completed' || type === 'job-failed');
    expect(event.data).toMatchObject({ jobId: 'j', percentage: expect.any(Number) });
  }
});

test('progress always has a percentage, a stage and words', () => {
  for (const data of Object.values(ONE_OF_EACH)) {
    const { event, data: body } = facade(data);
    if (event !== 'progress') continue;
    expect(STAGES.map(({ title }) => title)).toContain(body['stage']);
    expect(body['message']).not.toBe('');
  }
});

test('the last step of a stage completes it, and names the next stage', () => {
  const completed = STEPS.map(({ name: step, stage }) =>
    facade({ type: 'step-status', step, stage, state: 'succeeded', percent: 50, message: '' }),
  ).filter(({ event }) => event === 'stage-complete');
  expect(completed.map(({ data }) => [data['stage'], data['nextStage']])).toEqual([
    ['Brief', 'Script'],
    ['Script', 'Voice'],
    ['Voice', 'Visuals'],
    ['Visuals', 'Composition'],
    ['Composition', null],
  ]);
});

test('what a client is told never falls', () => {
  expect(facade(progressTo(30), { percent: 44 }).data['percentage']).toBe(44);
  expect(facade(COMPLETED, { percent: 44 }).data['percentage']).toBe(100);
});

test('the stage is the one that the job is in, whatever step is in work', () => {
  expect(facade(progressTo(30), { stage: 'script' }).data).toMatchObject({
    stage: 'Script',
    step: 'narration',
  });
  const begun: JobEventData = { ...RUNNING, stage: 'visuals' } as JobEventData;
  expect(facade(begun).data['stage']).toBe('Visuals');
  expect(facade(begun, { stage: 'compose' }).data['stage']).toBe('Composition');
  expect(toldAfter({ percent: 5, stage: 'voice' }, { percent: 3, stage: 'script' })).toEqual({
    percent: 5,
    stage: 'voice',
  });
});

test('a failure is told with its code and remedy, and without what is for operators', () => {
  const { data } = facade(failedWith({ code: 'OutOfDiskSpace', correlationId: '' }, 40));
  expect(data).toMatchObject({ code: 'OutOfDiskSpace', status: 'failed', correlationId: 'c' });
  expect(JSON.stringify(data)).not.toContain('secret stack');
  const canceled = facade(failedWith({ code: 'Canceled', stage: '' }, 40), { stage: 'visuals' });
  expect(canceled.data).toMatchObject({ status: 'canceled', stage: 'Visuals' });
});
