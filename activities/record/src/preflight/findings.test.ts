import { expect, test } from 'vitest';
import type {
  Check,
  PreflightRequest,
  ProviderChoice,
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
  const polled = new Set<WorkerStage>([...STAGES, 'compose-gpu']);
  const gpuOf = (worker: Partial<WorkerReport>) =>
    findingsOf(request(), {
      workers: [...all().workers, { ...all(worker).workers[0]!, stages: ['compose-gpu'] }],
      polled,
    }).gpu;
  expect(gpuOf({})).toBe(true);
  expect(gpuOf({ checks: [check('ffmpeg', 'Unhealthy')] })).toBe(false);
  expect(gpuOf({ checks: [check('Hardware', 'Degraded')] })).toBe(false);
  expect(gpuOf({ checks: [check('Hardware', 'Healthy')] })).toBe(true);
  expect(findingsOf(request(), { ...all(), polled }).gpu).toBe(false);
});

test('a job for NVIDIA alone needs a worker whose hardware is NVIDIA’s, and works', () => {
  const polled = new Set<WorkerStage>([...STAGES, 'compose-gpu']);
  const strict = { ...request(), render: { ...request().render, hardware: 'nvidia' } };
  const hardwareIs = (status: string, detail: string) =>
    findingsOf(strict, {
      workers: [
        ...all().workers,
        {
          ...all({ checks: [{ name: 'Hardware', status, detail }] }).workers[0]!,
          stages: ['compose-gpu'],
        },
      ],
      polled,
    }).checks.find(({ name }) => name === 'Hardware');
  expect(hardwareIs('Healthy', 'nvenc works.')).toMatchObject({ status: 'Healthy' });
  const refused = { status: 'Unhealthy', code: 'RequiresNvidiaGPU' };
  expect(hardwareIs('Healthy', 'qsv works.')).toMatchObject(refused);
  expect(hardwareIs('Degraded', 'nvenc works; 3 of 3 segments failed')).toMatchObject(refused);
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
    'pictures that cannot be drawn',
    () => [request(), all({ providers: [rules, english, { ...cards, usable: false }] })],
    'ProviderUnavailable:visuals',
  ],
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

const remote: ProviderReport = {
  ...voice('elevenlabs', ['en']),
  facts: { kind: 'speech', remote: true, configured: true, account: 'a', gives: '', models: [] },
};
const down: ProviderReport = {
  ...remote,
  usable: false,
  reason: 'the breaker is open',
  code: 'CIRCUIT_OPEN',
};
const unset: ProviderReport = {
  ...remote,
  usable: false,
  reason: 'ELEVENLABS_API_KEY is not set',
  code: 'MissingApiKey:ELEVENLABS_API_KEY',
  facts: { ...remote.facts!, configured: false },
};
const withVoices = (...voices: ProviderReport[]) => all({ providers: [rules, cards, ...voices] });
const choosing = (choice: Partial<ProviderChoice>): PreflightRequest => ({
  ...request(),
  choice: { script: '', voice: '', visuals: '', offline: false, ...choice },
});

test('a provider that is configured and cannot be used is replaced from the start, and the report says so', () => {
  const { chains, replacements } = findingsOf(request(), withVoices(down, english));
  expect(chains.voice).toEqual(['flite']);
  expect(replacements).toEqual([
    {
      stage: 'voice',
      sceneId: '',
      unit: '',
      asked: 'elevenlabs',
      used: 'flite',
      code: 'CIRCUIT_OPEN',
      reason: 'the breaker is open',
    },
  ]);
});

test('what is not configured, and what would have come later, is not missed', () => {
  expect(findingsOf(request(), withVoices(unset, english)).replacements).toEqual([]);
  expect(findingsOf(request(), withVoices(english, down)).replacements).toEqual([]);
});

test('offline leaves out what works elsewhere, without calling it replaced', () => {
  const { chains, replacements } = findingsOf(
    choosing({ offline: true }),
    withVoices(remote, english),
  );
  expect([chains.voice, replacements]).toEqual([['flite'], []]);
});

test('a configured order is the chain, and leaves out whom it does not name', () => {
  const orders = { voice: ['espeak-ng', 'elevenlabs', 'nobody'] };
  const given = withVoices(remote, english, everyTongue);
  expect(findingsOf(request(), { ...given, orders }).chains.voice).toEqual([
    'espeak-ng',
    'elevenlabs',
  ]);
  expect(findingsOf(request(), { ...given, orders }).warnings).toMatchObject([
    { code: 'ProviderUnknown', message: expect.stringContaining('names nobody; there are') },
  ]);
  const named = choosing({ voice: 'flite' });
  expect(findingsOf(named, { ...given, orders }).chains.voice).toEqual(['flite']);
});

test('a provider that is named stands alone', () => {
  const named = choosing({ voice: 'elevenlabs' });
  expect(findingsOf(named, withVoices(remote, english)).chains.voice).toEqual(['elevenlabs']);
});

test.each([
  ['unknown', { voice: 'siri' }, unset, 'InvalidInput:options.providers.voice'],
  ['without its key', { voice: 'elevenlabs' }, unset, 'MissingApiKey:ELEVENLABS_API_KEY'],
  ['out of order', { voice: 'elevenlabs' }, down, 'CIRCUIT_OPEN'],
  [
    'remote, offline',
    { voice: 'elevenlabs', offline: true },
    remote,
    'InvalidInput:options.offline',
  ],
])('a named provider that is %s ends the job with its own code', (_, choice, report, code) => {
  const [gravest] = obstacles(choosing(choice), withVoices(report, english));
  // Whose breaker is open, or who does not answer, may be back in a moment; a key does not come by itself.
  expect([gravest?.code, gravest?.passing === true]).toEqual([code, code === 'CIRCUIT_OPEN']);
});

test('of two workers’ reports of a provider the usable one counts, and its reason is told once', () => {
  const { workers, polled } = withVoices(down, english);
  const other = { ...workers[0]!, workerId: 'other', providers: [rules, cards, remote] };
  const both = findingsOf(request(), { workers: [...workers, other], polled });
  expect(both.chains.voice).toEqual(['elevenlabs', 'flite']);
  const mute = { ...english, usable: false, reason: 'flite is not installed.' };
  const [gravest] = obstacles(request(), {
    workers: [0, 1].map((n) => ({ ...withVoices(mute).workers[0]!, workerId: `w${n}` })),
    polled,
  });
  expect(gravest?.detail).toBe('No provider of voice can be used (flite: flite is not installed).');
});
