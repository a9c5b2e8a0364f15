import { expect, test } from 'vitest';
import type { Check, PreflightRequest, WorkerStage } from '@aura/proto';
import { findingsOf } from './findings.js';

const STAGES: WorkerStage[] = ['compose-cpu'];

const order: PreflightRequest = {
  job: { videoId: 'job', run: 1, tenantId: 'local', correlationId: 'test' },
  brief: { text: 'How bees make honey', style: '', audience: '', language: 'en-US' },
  voice: { voiceId: '', language: 'en-US' },
  render: {
    widthPx: 1_280,
    heightPx: 720,
    fps: 30,
    aspect: '16:9',
    quality: 'standard',
    encoding: {
      codec: 'av1',
      container: '',
      crf: 0,
      bitrateKbps: 0,
      bitDepth: 0,
      hdr: '',
      hls: false,
      audioOnly: false,
      preview: '',
    },
  },
};

/** With one worker for each list of encoders; undefined for one that tells of none. */
function found(...workers: (string | undefined)[]) {
  return foundFor(order, workers);
}

function foundFor(request: PreflightRequest, workers: (string | undefined)[]) {
  const reports = workers.map((detail, index) => {
    const checks: Check[] =
      detail === undefined ? [] : [{ name: 'Encoders', status: 'Healthy', detail }];
    return { workerId: `worker ${index}`, stages: STAGES, providers: [], checks };
  });
  const { checks } = findingsOf(request, { workers: reports, polled: new Set(STAGES) });
  return checks.find(({ name }) => name === 'Encoders');
}

test('a film needs one worker that has all of its encoders', () => {
  expect(found('libx264 aac', 'libsvtav1 aac')).toMatchObject({ status: 'Healthy' });
  const refused = { status: 'Unhealthy', code: 'EncoderMissing:libsvtav1' };
  expect(found('libx264 aac')).toMatchObject(refused);
  expect(found('libsvtav1 libopus')).toMatchObject({ code: 'EncoderMissing:aac' });
});

test('further films need their encoders too', () => {
  const { encoding, ...plain } = order.render;
  const film = { outputs: [order.render], isOwn: false, isUnspoken: false };
  const request = { ...order, render: plain, film };
  expect(encoding?.codec).toBe('av1');
  expect(foundFor(request, ['libx264 aac'])).toMatchObject({ code: 'EncoderMissing:libsvtav1' });
  expect(foundFor(request, ['libx264 aac', 'libsvtav1 aac'])).toMatchObject({ status: 'Healthy' });
});

test('a worker of before there was such a check is trusted', () => {
  expect(found(undefined)).toBeUndefined();
  expect(found('libx264 aac', undefined)).toBeUndefined();
});

test('a film whose user says what is seen and heard needs neither words nor, where nobody speaks, a voice', () => {
  const film = { outputs: [], isOwn: true, isUnspoken: false };
  const wordless = { ...order, brief: { ...order.brief, text: '' } };
  const missing = (request: PreflightRequest) =>
    findingsOf(request, { workers: [], polled: new Set() })
      .checks.filter(({ code }) => code !== undefined)
      .map(({ name }) => name);
  expect(missing(wordless)).toEqual(expect.arrayContaining(['Brief', 'Providers:voice']));
  const spoken = missing({ ...wordless, film });
  expect([spoken.includes('Brief'), spoken.includes('Providers:voice')]).toEqual([false, true]);
  expect(missing({ ...wordless, film: { ...film, isUnspoken: true } })).not.toContain(
    'Providers:voice',
  );
});

test('a worker on a system that Aura does not run on is told apart, and so is one whose words are odd', () => {
  const codeOf = (detail: string) => {
    const checks: Check[] = [{ name: 'OperatingSystem', status: 'Unhealthy', detail }];
    const worker = { workerId: 'w', stages: STAGES, providers: [], checks };
    const { checks: all } = findingsOf(order, { workers: [worker], polled: new Set(STAGES) });
    return all.find(({ name }) => name === 'OperatingSystem')?.code;
  };
  expect(codeOf('win32 is not supported')).toBe('UnsupportedOS:win32');
  expect(codeOf('')).toBe('UnsupportedOS:other');
});
