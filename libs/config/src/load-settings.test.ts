import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { envExample, loadSettings, SettingsError } from './load-settings.js';
import { isProviderCredential, SETTINGS, type SettingName } from './settings.js';

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

test('what a wrong setting must be is said in words of ours', () => {
  const wrong = {
    AURA_PORT: 'abc',
    AURA_LANES: '2.5',
    AURA_DRAIN_MS: '-1',
    AURA_API_KEY: 'short',
    AURA_TENANT: 'A B',
    DATABASE_URL: 'x',
    TEMPORAL_ADDRESS: 'x',
    AURA_ENCODER_PRESET: 'x',
    AURA_CHECKPOINT_URL: 'x',
    OLLAMA_HOST: 'ftp://x',
  };
  let said = '';
  try {
    loadSettings(wrong);
  } catch (error) {
    said = (error as Error).message;
  }
  const lines = said.split('\n');
  expect(lines).toHaveLength(Object.keys(wrong).length);
  for (const line of lines) expect(line).toMatch(/^[A-Z_]+: must /);
  expect(lines).toContain('AURA_PORT: must be a whole number from 1 to 65535');
  expect(said).not.toMatch(/NaN|received|expected|Invalid/);
});

test('Ollama is where its own setting says, with or without a scheme', () => {
  for (const OLLAMA_HOST of ['gpu-box', '0.0.0.0:11434', 'http://gpu-box', 'https://[::1]:443/']) {
    expect(loadSettings({ OLLAMA_HOST })).toMatchObject({ OLLAMA_HOST });
  }
  for (const OLLAMA_HOST of ['ftp://gpu-box', 'file:///etc', 'gpu box', 'http://me:x@gpu-box']) {
    expect(() => loadSettings({ OLLAMA_HOST })).toThrow(/OLLAMA_HOST: must be host:port/);
  }
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

test('credentials of providers are told from those of the gateway itself', () => {
  const secrets = Object.keys(SETTINGS).filter((name) => SETTINGS[name as SettingName].secret);
  const own = secrets.filter((name) => !isProviderCredential(name));
  const databases = ['AURA_REQUESTS_DATABASE_URL', 'DATABASE_URL'];
  expect(own.toSorted()).toEqual(['AURA_API_KEY', ...databases, 'HTTPS_PROXY', 'HTTP_PROXY']);
  expect(isProviderCredential('OPENAI_API_KEY_FILE')).toBe(true);
  expect(isProviderCredential('AURA_API_KEY_FILE')).toBe(false);
});
