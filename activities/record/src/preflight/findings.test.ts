import { expect, test } from '@jest/globals';
import type {
  Check,
  PreflightRequest,
  ProviderReport,
  WorkerReport,
  WorkerStage,
} from '@aura/proto';
import { findingsOf, type Obstacle } from './findings.js';

const STAGES: WorkerStage[] = ['script', 'voice', 'visuals', 'compose-cpu'];
const english = voice('flite', ['en']);
const everyTongue = voice('espeak-ng', ['en', 'de', 'fr', 'pt-BR', 'cmn']);

test('with all there nothing stands in the way, and the chains are those of the registries', () => {
  const { checks, chains, gpu } = findingsOf(request(), all());
  expect(checks.filter(({ status }) => status !== 'Healthy')).toEqual([]);
  expect(chains).toEqual({
    script: ['rule-based'],
    voice: ['flite', 'espeak-ng'],
    visuals: ['cards'],
  });
  expect(gpu).toBe(false);
});

test.each([
  ['en-GB', ['flite', 'espeak-ng']],
  ['de-AT', ['espeak-ng']],
  ['pt', ['espeak-ng']],
  ['PT-br', ['espeak-ng']],
  ['eng', []],
  ['ja-JP', []],
])('for %s only voices are chosen that speak it', (language, chain) => {
  expect(findingsOf(request(language), all()).chains.voice).toEqual(chain);
});

test('a GPU is there when a GPU worker polls', () => {
  expect(findingsOf(request(), { ...all(), polled: new Set([...STAGES, 'compose-gpu']) }).gpu).toBe(
    true,
  );
});

test.each<[string, () => Parameters<typeof findingsOf>, string]>([
  ['a brief without words', () => [request('en', ' …!? '), all()], 'InvalidInput:brief'],
  [
    'no worker on a queue',
    () => [request(), { ...all(), polled: new Set(STAGES.slice(1)) }],
    'NoWorker:aura-script',
  ],
  [
    'a worker that has not reported',
    () => [request(), all({ stages: STAGES.slice(0, 3) })],
    'NoWorker:aura-compose-cpu',
  ],
  [
    'no FFmpeg',
    () => [request(), all({ checks: [check('ffmpeg', 'Unhealthy')] })],
    'FFmpegNotFound',
  ],
  [
    'a full disk',
    () => [request(), all({ checks: [check('DiskSpace', 'Unhealthy')] })],
    'OutOfDiskSpace',
  ],
  [
    'no memory',
    () => [request(), all({ checks: [check('Memory', 'Unhealthy')] })],
    'InsufficientMemory',
  ],
  [
    'a folder that is read-only',
    () => [request(), all({ checks: [check('ArtifactFolder', 'Unhealthy')] })],
    'OutputDirectoryNotWritable',
  ],
  ['a language that nobody speaks', () => [request('ja-JP'), all()], 'VoiceUnavailable:ja-JP'],
  [
    'voices that are not installed',
    () => [request(), all({ providers: [rules, cards, { ...english, usable: false }] })],
    'VoiceUnavailable:en-US',
  ],
])('%s is found and has its code', (_, given, code) => {
  const [gravest] = obstacles(...given());
  expect(gravest?.code).toBe(code);
});

test('a check fails a job only where no worker of a stage passes it', () => {
  const { workers, polled } = all({ checks: [check('ffmpeg', 'Unhealthy')] });
  const other = { ...workers[0]!, workerId: 'other', checks: [check('ffmpeg', 'Degraded')] };
  expect(obstacles(request(), { workers: [...workers, other], polled })).toEqual([]);
  const elsewhere = { ...other, stages: ['script'] };
  const [gravest] = obstacles(request(), { workers: [...workers, elsewhere], polled });
  expect(gravest?.code).toBe('FFmpegNotFound');
});

test('a missing worker, memory and disk space may pass by themselves, and nothing else', () => {
  const nobody = obstacles(request(), { workers: [], polled: new Set() });
  expect(nobody.slice(0, 4).map(({ passing }) => passing)).toEqual([true, true, true, true]);
  const passing = ['DiskSpace', 'Memory', 'ffmpeg', 'ArtifactFolder'].map(
    (name) => obstacles(request(), all({ checks: [check(name, 'Unhealthy')] }))[0]?.passing,
  );
  expect(passing).toEqual([true, true, undefined, undefined]);
});

const rules: ProviderReport = { ...voice('rule-based', []), stage: 'script' };
const cards: ProviderReport = { ...voice('cards', []), stage: 'visuals' };

function all(part: Partial<WorkerReport> = {}) {
  const worker: WorkerReport = {
    workerId: 'worker',
    stages: STAGES,
    providers: [rules, english, everyTongue, cards],
    checks: ['ffmpeg', 'DiskSpace', 'Memory', 'ArtifactFolder'].map((name) =>
      check(name, 'Healthy'),
    ),
    ...part,
  };
  return { workers: [worker], polled: new Set(STAGES) };
}

function obstacles(...given: Parameters<typeof findingsOf>): Obstacle[] {
  return findingsOf(...given).checks.filter((one): one is Obstacle => one.code !== undefined);
}

function request(language = 'en-US', text = 'How bees make honey'): PreflightRequest {
  return {
    job: { videoId: 'job', run: 1, tenantId: 'local', correlationId: 'test' },
    brief: { text, style: '', audience: '', language },
    voice: { voiceId: '', language },
    render: { widthPx: 1280, heightPx: 720, fps: 30, aspect: '16:9', quality: 'standard' },
  };
}

function voice(name: string, languages: string[]): ProviderReport {
  return { name, stage: 'voice', usable: true, reason: '', languages };
}

function check(name: string, status: string): Check {
  return { name, status, detail: `${name} is ${status}` };
}
