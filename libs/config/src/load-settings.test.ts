import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { envExample, loadSettings, SettingsError } from './load-settings.js';
import { SETTINGS } from './settings.js';

test('without any variable everything has a default that works offline', () => {
  const settings = loadSettings({});
  expect(settings).toMatchObject({ AURA_PORT: 5005, AURA_HOST: '127.0.0.1', AURA_HOME: '.aura' });
  expect(settings.DATABASE_URL).toBeUndefined();
});

test('all wrong settings are named together, and never their values', () => {
  const wrong = {
    AURA_PORT: 'secret-port',
    DATABASE_URL: 'mysql://secret',
    AURA_LOG_LEVEL: 'loud',
  };
  const read = () => loadSettings(wrong);
  expect(read).toThrow(SettingsError);
  expect(read).toThrow(/AURA_PORT/);
  expect(read).toThrow(/DATABASE_URL/);
  expect(read).toThrow(/AURA_LOG_LEVEL/);
  expect(read).not.toThrow(/secret/);
});

test('an empty variable counts as not set', () => {
  expect(loadSettings({ AURA_PORT: '  ' }).AURA_PORT).toBe(5005);
});

test('a secret may be a file; a file that cannot be read is named', () => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'aura-')), 'url');
  writeFileSync(file, 'postgres://localhost/aura\n');
  expect(loadSettings({ DATABASE_URL_FILE: file }).DATABASE_URL).toBe('postgres://localhost/aura');
  expect(() => loadSettings({ DATABASE_URL_FILE: '/nowhere' })).toThrow(/DATABASE_URL_FILE/);
});

test('.env.example names every setting and is the one that is committed', () => {
  const example = envExample();
  for (const name of Object.keys(SETTINGS)) expect(example).toContain(`# ${name}=`);
  expect(readFileSync(new URL('../../../.env.example', import.meta.url), 'utf8')).toBe(example);
});
