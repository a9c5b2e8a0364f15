import { expect, test } from 'vitest';
import { worker } from '../testing/worker-report.js';
import { enough, servedStages, usableProviders, workerChecks, worst } from './readiness.js';

const MB = 1_048_576;

test('free space is unhealthy below the limit, and degraded just above it', () => {
  const values = [99, 100, 149, 150].map((mb) => enough('disk', mb * MB, 100).value);
  expect(values).toEqual(['Unhealthy', 'Degraded', 'Degraded', 'Healthy']);
  expect(enough('disk', 0, 0).value).toBe('Healthy');
});

test('every stage needs a worker; a GPU worker alone does not compose', () => {
  const all = worker().stages;
  expect(servedStages([worker()]).value).toBe('Healthy');
  const halves = [worker({ stages: all.slice(0, 3) }), worker({ stages: all.slice(3) })];
  expect(servedStages(halves).value).toBe('Healthy');
  const gpu = worker({ stages: [...all.slice(0, -1), 'compose-gpu'] });
  expect(servedStages([gpu])).toMatchObject({
    value: 'Unhealthy',
    detail: 'no worker serves compose-cpu',
  });
  for (const stage of all) {
    const without = worker({ stages: all.filter((one) => one !== stage) });
    expect(servedStages([without])).toMatchObject({ value: 'Unhealthy' });
  }
  expect(servedStages([]).value).toBe('Unhealthy');
});

test('a check that no machine passes is unhealthy, one that some pass is degraded', () => {
  const bad = worker({ checks: [{ name: 'ffmpeg', status: 'Unhealthy', detail: 'not found' }] });
  expect(workerChecks([worker(), worker()]).value).toBe('Healthy');
  expect(workerChecks([worker(), bad]).value).toBe('Degraded');
  expect(workerChecks([bad, bad])).toMatchObject({
    value: 'Unhealthy',
    detail: 'ffmpeg: not found',
    openDetail: 'ffmpeg is not well',
  });
});

test('each stage needs a provider that can be used, and says why there is none', () => {
  expect(usableProviders([worker()])).toMatchObject({
    value: 'Healthy',
    detail: 'cards, flite, rules',
  });
  const mute = worker({
    providers: worker().providers.map((one) =>
      one.stage === 'voice' ? { ...one, usable: false, reason: 'not installed' } : one,
    ),
  });
  expect(usableProviders([mute])).toEqual({
    value: 'Unhealthy',
    detail: 'none usable for voice; flite: not installed',
    openDetail: 'none usable for voice',
  });
  expect(usableProviders([mute, worker()]).value).toBe('Healthy');
});

test('the worst finding decides, and only what is not well is told', () => {
  const [good, soso, bad] = [
    { value: 'Healthy', detail: 'a', openDetail: 'A' },
    { value: 'Degraded', detail: 'b', openDetail: 'B' },
    { value: 'Unhealthy', detail: 'c', openDetail: 'C' },
  ] as const;
  expect(worst([good, good])).toEqual({
    value: 'Healthy',
    detail: 'a; a',
    openDetail: 'A; A',
  });
  expect(worst([good, soso])).toEqual(soso);
  expect(worst([good, soso, bad])).toEqual({
    value: 'Unhealthy',
    detail: 'b; c',
    openDetail: 'B; C',
  });
});

test('what hardware encodes with is told, and having none is no fault of a machine that needs none', () => {
  const hardware = (status: string, detail: string) =>
    worker({ checks: [{ name: 'Hardware', status, detail }] });
  const why = 'No graphics hardware encodes here (nvenc: its driver is not installed).';
  expect(workerChecks([hardware('Healthy', why)])).toEqual({
    value: 'Healthy',
    detail: `workers report no trouble; Hardware: ${why}`,
    openDetail: 'workers report no trouble',
  });
  expect(workerChecks([hardware('Degraded', why)])).toMatchObject({
    value: 'Degraded',
    detail: `Hardware: ${why}`,
    openDetail: 'Hardware is not well',
  });
});
