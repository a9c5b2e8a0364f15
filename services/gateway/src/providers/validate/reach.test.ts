import { expect, test } from 'vitest';
import { reachOf } from './reach.js';

const server = { is: 'server' } as const;
const remote = { is: 'remote' } as const;
const here = { isInsideAllowed: true };
const shared = { isInsideAllowed: false };

test.each([
  'http://127.0.0.1:11434',
  'http://localhost:8188',
  'http://10.1.2.3',
  'http://[::1]:80',
])('an address inside is for servers of one’s own, asked by a neighbour: %s', (url) => {
  expect(reachOf(server, url, here)).toBe('inside');
  for (const tried of [reachOf(server, url, shared), reachOf(remote, url, here)]) {
    // A name may still lead inside: that is judged when the connection is made.
    expect(tried).not.toBe('inside');
  }
});

test.each([
  'http://169.254.169.254/latest',
  'http://[fe80::1]',
  'http://metadata.google.internal:8000',
  'http://u:p@1.1.1.1',
  'https://vendor.example:22',
  'ftp://vendor.example',
])('nobody has this machine ask %s', (url) => {
  for (const kind of [server, remote]) {
    for (const rules of [here, shared]) {
      expect(reachOf(kind, url, rules)).toMatchObject({ refusal: expect.any(String) });
    }
  }
});

test('who means a server of one’s own is told its own setting', () => {
  const comfyUi = { ...server, server: { settings: ['COMFYUI_URL'], start: '' } };
  const { refusal } = reachOf(comfyUi, 'http://127.0.0.1:8188', shared) as { refusal: string };
  expect(refusal).toContain('Set COMFYUI_URL');
  expect(refusal).not.toContain('KEY');
});

test('a public address is asked from outside', () => {
  expect(reachOf(remote, 'https://vendor.example/v1', shared)).toBe('outside');
  expect(reachOf(server, 'https://8.8.8.8', here)).toBe('outside');
});

test('of an address that nobody may ask, not even a neighbour, it is not said that this gateway serves others', () => {
  const ollama = { ...server, server: { settings: ['OLLAMA_HOST'], start: '' } };
  for (const rules of [here, shared]) {
    const reach = reachOf(ollama, 'http://169.254.169.254/latest', rules) as { refusal: string };
    expect(reach.refusal).toContain('clouds');
    expect(reach.refusal).not.toMatch(/serves others|Set OLLAMA_HOST/);
  }
  const inside = reachOf(ollama, 'http://127.0.0.1:11434', shared) as { refusal: string };
  expect(inside.refusal).toMatch(/serves others too.*Set OLLAMA_HOST/);
});
