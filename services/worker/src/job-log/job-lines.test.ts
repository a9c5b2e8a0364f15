import { expect, test } from 'vitest';
import { createLog } from '@aura/telemetry';
import { JobLines } from './job-lines.js';

const VIDEO = '01234567-89ab-7def-8123-456789abcdef';

function logging(secrets: string[] = []) {
  const lines = new JobLines();
  const log = createLog('worker', 'info', { to: { write: () => {} }, also: lines, secrets });
  return { lines, log: log.child({ videoId: VIDEO }), process: log };
}

test('of a failure that a worker logs nothing is kept that is for operators only', () => {
  const { lines, log } = logging();
  const failure = {
    code: 'FFmpegFailedExitCode:1',
    message: 'FFmpeg ended with an error.',
    remediation: 'See the details.',
    details: 'stderr: /srv/secret/film.mp4',
    err: new Error('at /srv/secret.ts'),
    correlationId: 'c',
    stage: '',
  };
  const place = { activity: 'encodeSegment', attempt: 2, sceneId: 's01' };
  log.warn({ ...failure, ...place, retry: true, tookMs: 12.6 }, 'activity failed');
  const batch = lines.batch();
  expect(batch?.lines).toEqual([
    {
      number: 1,
      videoId: VIDEO,
      at: expect.stringMatching(/^2.*Z$/),
      level: 40,
      stage: 'compose',
      message: 'activity failed',
      code: 'FFmpegFailedExitCode:1',
      fields: {
        service: 'worker',
        ...place,
        tookMs: 13,
        retry: true,
        detail: 'FFmpeg ended with an error.',
      },
    },
  ]);
  expect(JSON.stringify(batch)).not.toMatch(/srv|stderr/);
});

test('secrets are cut out of lines before anybody reads them, however they are spelled', () => {
  const secret = 'canary"key/with+signs=';
  const { lines, log } = logging([secret, 'short']);
  const spellings = [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')];
  for (const spelling of spellings) log.info({ message: `asked with ${spelling}` }, 'a short line');
  const told = lines.batch()?.lines.map(({ message, fields }) => [message, fields.detail]) ?? [];
  expect(told).toHaveLength(3);
  for (const [message, detail] of told) {
    expect(message).toBe('a short line');
    expect(detail).toMatch(/^asked with \[cut\]=*$/);
  }
});

test('lines of no job, and that the record was written, are not kept with jobs', () => {
  const { lines, log, process } = logging();
  process.info('worker ready');
  log.info({ activity: 'advance' }, 'activity done');
  log.debug('too fine');
  expect(lines.batch()).toBeUndefined();
  log.warn({ activity: 'advance' }, 'activity failed');
  expect(lines.batch()?.lines).toMatchObject([{ message: 'activity failed', stage: '' }]);
});

test('lines wait until they are kept, so many that memory is bounded, and nothing that is logged throws', () => {
  const { lines, log } = logging();
  lines.write('no json "videoId":"');
  for (let number = 1; number <= 2_100; number += 1) log.info(`line ${number}`);
  const first = lines.batch();
  expect(first?.lines.map(({ number }) => number).at(0)).toBe(101);
  expect(lines.batch()).toEqual(first);
  if (first) lines.kept(first);
  expect(lines.batch()?.lines[0]?.number).toBe(201);
});
