import { afterAll, beforeAll, expect, test } from 'vitest';
import fc from 'fast-check';
import { foldEvents, requestCancel, transact } from '@aura/database';
import { STEPS, isTerminal, type JobRef } from '@aura/proto';
import { anyCall, type Call } from './testing/any-call.js';
import { failure, makeCall } from './testing/make-call.js';
import { startRecording, type Recording } from './testing/recording.js';

const nothing = { warnings: [], replacements: [] };

let at: Recording;
beforeAll(async () => {
  at = await startRecording();
}, 120_000);
afterAll(() => at.stop());

const cancel = ({ videoId }: JobRef) => transact(at.database, (tx) => requestCancel(tx, videoId));

test('any order of calls leaves a row that is the fold of its events, and a call again adds nothing', async () => {
  const film = await at.newFilm();
  const make = (job: JobRef, next: Call) => makeCall(at, job, next, film);
  await fc.assert(
    fc.asyncProperty(fc.array(anyCall, { minLength: 1, maxLength: 12 }), async (calls) => {
      const job = await at.newJob();
      let last = await at.foldOf(job);
      for (const next of calls) {
        await make(job, next);
        const once = await at.foldOf(job);
        if (next.call !== 'cancel') await make(job, next);
        const twice = await at.foldOf(job);
        expect(twice).toEqual(once);
        if (isTerminal(last.state)) expect(twice).toEqual(last);
        expect(twice.percent).toBeGreaterThanOrEqual(last.percent);
        expect(twice.percent === 100).toBe(twice.state === 'succeeded');
        last = twice;
      }
      const events = await at.eventsOf(job);
      expect(foldEvents(events)).toEqual(last);
      const ends = events.filter(({ data }) => /^job-(completed|failed)$/.test(data.type));
      expect(ends).toHaveLength(isTerminal(last.state) ? 1 : 0);
      if (ends.length > 0) expect(ends[0]).toBe(events.at(-1));
      const files = await at.database.artifact.count({ where: { jobId: job.videoId } });
      expect(files).toBe(last.state === 'succeeded' ? 3 : 0);
    }),
    { numRuns: 15 },
  );
}, 120_000);

test('a film that succeeds ends with its files, its steps done and its history ordered', async () => {
  const job = await at.newJob('Bees, briefly');
  const film = await at.newFilm();
  await at.record.begin({ job });
  await at.record.finish({ job, state: 'succeeded', film, ...nothing });
  const row = await at.rowOf(job);
  expect(row).toMatchObject({ state: 'succeeded', percent: 100, error: null, film });
  expect([row.startedAt, row.endedAt].every((time) => time instanceof Date)).toBe(true);
  const { steps } = await at.foldOf(job);
  expect(steps.map(({ state, percent }) => [state, percent])).toEqual(
    STEPS.map(() => ['succeeded', 100]),
  );
  const files = await at.database.artifact.findMany({
    where: { jobId: job.videoId },
    orderBy: { kind: 'asc' },
  });
  expect(files.map(({ kind, fileName }) => [kind, fileName])).toEqual([
    ['captions', 'bees-briefly.srt'],
    ['thumbnail', 'bees-briefly-thumbnail.jpg'],
    ['video', 'bees-briefly.mp4'],
  ]);
  const commands = await at.database.outbox.findMany({ where: { jobId: job.videoId } });
  expect(commands.map(({ command }) => command).toSorted()).toEqual(['archive', 'start']);
});

test('a preview takes the place of the one before, and goes when the film is there', async () => {
  const job = await at.newJob('Bees, briefly');
  const film = await at.newFilm();
  await at.record.begin({ job });
  const previews = () =>
    at.database.artifact.findMany({ where: { jobId: job.videoId, kind: 'preview' } });
  for (const blob of [film.thumbnail, film.video]) {
    const files = { files: [{ kind: 'preview', label: 'rolling', blob }] };
    const scenes = { scenesDone: 0, scenesTotal: 9 };
    const told = { job, percent: 30, stage: 'voice', message: '', steps: [] };
    await at.record.advance({ ...told, ...nothing, ...scenes, files });
    expect(await previews()).toMatchObject([{ label: 'rolling', sha256: blob.sha256 }]);
  }
  await at.record.finish({ job, state: 'succeeded', film, ...nothing });
  expect(await previews()).toEqual([]);
});

test('a failure tells the public what and why, and only operators the details', async () => {
  const job = await at.newJob();
  await at.record.begin({ job });
  const steps = [
    { step: 'script', state: 'succeeded', percent: 100, message: '' },
    { step: 'narration', state: 'running', percent: 20, message: '' },
    { step: 'broll', state: 'running', percent: 40, message: '' },
  ];
  const scenes = { scenesDone: 0, scenesTotal: 9 };
  await at.record.advance({
    job,
    percent: 30,
    stage: 'voice',
    message: '',
    steps,
    ...nothing,
    ...scenes,
  });
  await at.record.finish({ job, state: 'failed', failure, ...nothing });
  const row = await at.rowOf(job);
  expect(row).toMatchObject({ state: 'failed', percent: 30, scenesTotal: 9 });
  expect(row.error).toEqual({ ...failure, details: '' });
  expect(row.failureDetails).toBe(failure.details);
  const events = await at.eventsOf(job);
  expect(JSON.stringify(events)).not.toMatch(/secret|Segmentation/);
  expect(events.slice(-3).map(({ data }) => data.type)).toEqual([
    'step-status',
    'step-status',
    'job-failed',
  ]);
  expect(events.find(({ data }) => data.type === 'step-error')?.data).toMatchObject({
    step: 'narration',
    failure: { remediation: failure.remediation, sceneId: 's02' },
  });
  const states = (await at.foldOf(job)).steps.map(({ name, state }) => [name, state]);
  expect(Object.fromEntries(states)).toEqual({
    preflight: 'skipped',
    script: 'succeeded',
    narration: 'failed',
    broll: 'canceled',
    subtitles: 'skipped',
    mux: 'skipped',
  });
});

test('success is not believed without the film, nor without its bytes', async () => {
  const film = await at.newFilm();
  const lost = { ...film, video: { ...film.video, sha256: 'f'.repeat(64) } };
  const [empty, gone] = [await at.newJob(), await at.newJob()];
  await at.record.finish({ job: empty, state: 'succeeded', ...nothing });
  await at.record.finish({
    job: gone,
    state: 'succeeded',
    film: lost,
    ...nothing,
  });
  expect(await at.rowOf(empty)).toMatchObject({
    state: 'failed',
    error: { code: 'InternalError' },
  });
  expect(await at.rowOf(gone)).toMatchObject({ state: 'failed', error: { code: 'BlobCorrupt' } });
  expect(await at.database.artifact.count({ where: { jobId: gone.videoId } })).toBe(0);
});

test('a finish that races a cancel has one winner, and the loser knows', async () => {
  const film = await at.newFilm();
  for (let round = 0; round < 12; round += 1) {
    const job = await at.newJob();
    await at.record.begin({ job });
    const finishing = () => at.record.finish({ job, state: 'succeeded', film, ...nothing });
    const racers = round % 2 ? [cancel(job), finishing()] : [finishing(), cancel(job)];
    const answers = await Promise.all(racers);
    const { state } = await at.rowOf(job);
    const accepted = answers.some((answer) => 'accepted' in answer && answer.accepted);
    expect(state).toBe(accepted ? 'canceled' : 'succeeded');
    expect(answers).toContainEqual(expect.objectContaining({ state }));
    const files = await at.database.artifact.count({ where: { jobId: job.videoId } });
    expect(files).toBe(accepted ? 0 : 3);
  }
});

test('a run that was canceled without our knowing was canceling before', async () => {
  const job = await at.newJob();
  await at.record.begin({ job });
  await at.record.finish({ job, state: 'canceled', ...nothing });
  const said = (await at.eventsOf(job)).map(({ data }) =>
    'state' in data ? data.state : data.type,
  );
  expect(said.filter((word) => word === 'canceling' || word === 'canceled')).toContain('canceling');
  expect(said.at(-1)).toBe('canceled');
  const row = await at.rowOf(job);
  const error = { code: 'Canceled', message: 'The job was canceled.' };
  expect(row).toMatchObject({ state: 'canceled', error });
  expect([row.cancelRequestedAt, row.canceledAt, row.endedAt]).not.toContain(null);
});

test('calls about a job that is not there, or about another run of it, change nothing', async () => {
  const job = await at.newJob();
  const stranger = { ...job, videoId: '00000000-0000-4000-8000-000000000000' };
  expect(await at.record.begin({ job: stranger })).toEqual({ seq: 0, state: '' });
  expect(await at.record.finish({ job: stranger, state: 'failed', ...nothing })).toEqual({
    seq: 0,
    state: '',
  });
  expect(await at.record.begin({ job: { ...job, run: 2 } })).toEqual({ seq: 1, state: '' });
  expect((await at.rowOf(job)).state).toBe('queued');
});

test('the newest script is kept, and gives the files their name', async () => {
  const job = await at.newJob('a brief');
  const script = { title: 'Bees & Honey', language: 'en-US', style: 'documentary', scenes: [] };
  const made = { provider: 'rule-based', unitKey: 'k', warnings: [], materialExhausted: false };
  const report = {
    percent: 10,
    stage: 'script',
    message: '',
    steps: [],
    ...nothing,
  };
  const told = (title: string) =>
    at.record.advance({
      job,
      ...report,
      scenesDone: 0,
      scenesTotal: 3,
      script: { ...script, ...made, title },
    });
  await told('First draft');
  await told('Bees & Honey');
  await at.record.finish({
    job,
    state: 'succeeded',
    film: await at.newFilm(),
    ...nothing,
  });
  const video = await at.database.artifact.findFirstOrThrow({
    where: { jobId: job.videoId, kind: 'video' },
  });
  expect(video.fileName).toBe('bees-honey.mp4');
});
