import { afterAll, beforeAll, expect, test } from 'vitest';
import { randomUUID } from 'node:crypto';
import { MOST_LOG_LINES, type LogLine } from '@aura/proto';
import { startRecording, type Recording } from './testing/recording.js';

let recording: Recording;
beforeAll(async () => {
  recording = await startRecording();
});
afterAll(() => recording.stop());

function line(videoId: string, number: number, changes: Partial<LogLine> = {}): LogLine {
  const said = { level: 30, stage: 'voice', message: `line ${number}`, code: '' };
  const at = new Date(1_700_000_000_000 + number).toISOString();
  return { number, videoId, at, ...said, fields: { service: 'worker' }, ...changes };
}

async function kept(jobId: string) {
  return recording.database.jobLog.findMany({ where: { jobId }, orderBy: { seq: 'asc' } });
}

test('a line that arrives twice is kept once, and those of several processes and jobs are told apart', async () => {
  const [one, other] = [await recording.newJob(), await recording.newJob()];
  const failed = line(one.videoId, 2, { level: 40, code: 'NETWORK_TIMEOUT' });
  const batch = { origin: 'a', lines: [line(one.videoId, 1), line(other.videoId, 3), failed] };
  await recording.record.keepLog(batch);
  await recording.record.keepLog(batch);
  await recording.record.keepLog({ origin: 'b', lines: [line(one.videoId, 1)] });
  expect(await kept(one.videoId)).toMatchObject([
    { seq: 1, line: 1, origin: 'a', message: 'line 1', code: null, fields: { service: 'worker' } },
    { seq: 2, line: 2, origin: 'a', level: 40, code: 'NETWORK_TIMEOUT' },
    { seq: 3, line: 1, origin: 'b' },
  ]);
  expect(await kept(other.videoId)).toMatchObject([{ seq: 1, line: 3 }]);
});

test('the oldest lines of a job make room for new ones, and their numbers are not given again', async () => {
  const { videoId } = await recording.newJob();
  const lines = (from: number, count: number) =>
    Array.from({ length: count }, (_, index) => line(videoId, from + index));
  await recording.record.keepLog({ origin: 'a', lines: lines(1, MOST_LOG_LINES) });
  await recording.record.keepLog({ origin: 'a', lines: lines(MOST_LOG_LINES + 1, 7) });
  const rows = await kept(videoId);
  expect([rows.length, rows[0]?.seq, rows.at(-1)?.seq]).toEqual([
    MOST_LOG_LINES,
    8,
    MOST_LOG_LINES + 7,
  ]);
});

test('many processes that say something of one job at once lose nothing', async () => {
  const { videoId } = await recording.newJob();
  await Promise.all(
    Array.from({ length: 8 }, (_, index) =>
      recording.record.keepLog({
        origin: `w${index}`,
        lines: [line(videoId, 1), line(videoId, 2)],
      }),
    ),
  );
  expect((await kept(videoId)).map(({ seq }) => seq)).toEqual(
    Array.from({ length: 16 }, (_, index) => index + 1),
  );
});

test('what is said of a job that does not exist, and what PostgreSQL cannot hold, hinders nobody', async () => {
  const { videoId } = await recording.newJob();
  const odd = line(videoId, 2, { message: 'nul \0 and half \ud800' });
  const lines = [line(randomUUID(), 1), odd];
  await recording.record.keepLog({ origin: 'a', lines });
  expect(await kept(videoId)).toMatchObject([{ message: 'nul \ufffd and half \ufffd' }]);
  await recording.database.job.delete({ where: { id: videoId } });
  expect(await kept(videoId)).toEqual([]);
});
