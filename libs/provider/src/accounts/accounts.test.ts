import { expect, test } from 'vitest';
import { accountNamed, ACCOUNTS } from './accounts.js';

const KEYS: Record<string, string> = { automatic1111: 'user:password' };

test('every account can be made, says how it is probed, and does not show its key', () => {
  for (const { name, is, account } of ACCOUNTS) {
    expect([name, account === undefined]).toEqual([name, is === 'program']);
    if (!account) continue;
    const key = KEYS[name] ?? 'canary-key-of-an-account';
    const made = account({
      key,
      ...(is === 'server' ? { baseUrl: 'http://127.0.0.1:8000/v1' } : {}),
    });
    expect(made).toMatchObject({ vendor: name, runs: is === 'remote' ? 'remote' : 'local' });
    expect(made.probe.path).toMatch(/^\//);
    for (const body of [null, 'text', [], {}, { data: [1, null] }, [{ title: 7 }]]) {
      expect(made.probe.modelsIn(body).filter((model) => typeof model !== 'string')).toEqual([]);
    }
    expect(JSON.stringify(made)).not.toContain(key);
  }
});

test('remote ones have an address of their own and want a key; a server on own machines wants none', () => {
  for (const { is, account, server } of ACCOUNTS) {
    if (is === 'remote') {
      expect(() => account?.({})).toThrow(/_API_KEY is not set/);
      expect(account?.({ key: 'k' }).baseUrl).toMatch(/^https:\/\//);
    }
    if (is === 'server') {
      expect(server?.settings.length).toBeGreaterThan(0);
      expect(account?.({ baseUrl: 'http://gpu.local' }).key).toBeUndefined();
      expect(account?.({ baseUrl: 'https://gpu.example.com' }).runs).toBe('remote');
    }
  }
});

test.each([
  ['OpenAI', 'openai'],
  ['RuleBased', 'rule-based'],
  ['rulebased', 'rule-based'],
  ['Windows', 'espeak-ng'],
  ['local', 'flite'],
  ['Eleven Labs', 'elevenlabs'],
  ['comfyui-clips', 'comfyui'],
  ['pexels-clips', 'pexels'],
  ['pixabay-clips', 'pixabay'],
  ['siri', undefined],
  ['', undefined],
])('a provider is known by other spellings of its name: %s', (asked, name) => {
  expect(accountNamed(asked)?.name).toBe(name);
});
