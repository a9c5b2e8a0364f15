import { expect, test } from 'vitest';
import path from 'node:path';
import { loadSettings } from '@aura/config';
import { Failure } from '@aura/failure';
import { reportOf } from './capabilities.js';
import { machineChecks } from './machine-checks.js';

/** A folder below a file: it is not there, and nobody can make it. */
const NOWHERE = path.join(import.meta.filename, 'home');

test('where the folder is missing and cannot be made, the checks say so instead of failing', async () => {
  const checks = await machineChecks(loadSettings({ AURA_HOME: NOWHERE }), 'w');
  expect(checks.map(({ name, status }) => [name, status])).toEqual([
    ['ArtifactFolder', 'Unhealthy'],
    ['DiskSpace', 'Degraded'],
    ['Memory', expect.any(String)],
  ]);
});

test('a system that Aura does not run on is told, and one that it does is not', async () => {
  const settings = loadSettings({ AURA_HOME: '/tmp' });
  const name = 'OperatingSystem';
  const [windows, linux] = await Promise.all(
    ['win32', 'linux'].map((platform) => machineChecks(settings, 'w', platform)),
  );
  const found = { name, status: 'Unhealthy', detail: 'win32 is not supported' };
  expect(windows).toContainEqual(found);
  expect(linux?.map((check) => check.name)).not.toContain(name);
});

test('memory is what this process may still take, as the gateway counts it', async () => {
  const checks = await machineChecks(loadSettings({ AURA_HOME: '/tmp' }), 'w');
  const told = Number(/^\d+/.exec(checks.find(({ name }) => name === 'Memory')!.detail)?.[0]);
  const available = process.availableMemory() / 2 ** 20;
  expect(Math.abs(told - available)).toBeLessThan(available * 0.1);
});

test('a stage whose probe fails is told as such, with all that the others have', async () => {
  const flite = { name: 'flite', stage: 'voice', usable: true, reason: '', languages: [] };
  const report = await reportOf(
    'w',
    [
      { name: 'script', providers: () => Promise.reject(new Error('odd')) },
      { name: 'voice', providers: async () => [flite] },
    ],
    loadSettings({ AURA_HOME: '/tmp' }),
  );
  expect(report.providers).toEqual([flite]);
  expect(report.checks).toContainEqual({
    name: 'Stage:script',
    status: 'Unhealthy',
    detail: expect.stringContaining('odd'),
  });
});

test('a bucket that does not answer is told, with what is to be looked at', async () => {
  const settings = loadSettings({ AURA_HOME: '/tmp' });
  const refuses = async () => {
    throw new Failure('ArtifactStoreUnavailable', 'The artifact store does not answer.', {
      details: 'connect ECONNREFUSED',
    });
  };
  const { checks } = await reportOf('w', [], settings, { has: refuses });
  expect(checks).toContainEqual({
    name: 'ArtifactStore',
    status: 'Unhealthy',
    detail: 'The artifact store does not answer. connect ECONNREFUSED',
  });
  const fine = await reportOf('w', [], settings, { has: async () => false });
  expect(fine.checks).toContainEqual(
    expect.objectContaining({ name: 'ArtifactStore', status: 'Healthy' }),
  );
});
