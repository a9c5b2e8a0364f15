import { expect, test } from 'vitest';
import { ollamaAccount, ollamaModelThere } from './ollama.js';

test.each([
  ['llama3.1:8b', ['llama3.1:8b'], 'llama3.1:8b'],
  ['llama3.1:8b', ['llama3.1:8b-instruct-q4_K_M'], 'llama3.1:8b-instruct-q4_K_M'],
  ['llama3.1:8b', ['llama3.1:8b-q4_k_m', 'llama3.1:70b'], 'llama3.1:8b-q4_k_m'],
  ['llama3.1:8b-q4_k_m', ['llama3.1:8b'], 'llama3.1:8b'],
  ['llama3.1:8b-q4_k_m', ['LLAMA3.1:8b-q4_K_M'], 'LLAMA3.1:8b-q4_K_M'],
  ['mistral', ['mistral:latest', 'mistral:7b'], 'mistral:latest'],
  ['mistral', ['mistral:7b'], 'mistral:7b'],
  ['llama3.1:8b', ['llama3.1:80b', 'llama3.2:latest'], undefined],
  ['llama3.1:8b', [], undefined],
])('for %p of %p it takes %p', (asked, there, found) => {
  expect(ollamaModelThere(asked, there)).toBe(found);
});

test.each([
  [undefined, 'http://127.0.0.1:11434', 'local'],
  ['0.0.0.0', 'http://127.0.0.1:11434', 'local'],
  ['gpu-box', 'http://gpu-box:11434', 'local'],
  ['http://192.168.1.4:9000/', 'http://192.168.1.4:9000', 'local'],
  ['gpu-box:80', 'http://gpu-box', 'local'],
  ['http://gpu-box', 'http://gpu-box', 'local'],
  ['HTTP://gpu-box:11434', 'http://gpu-box:11434', 'local'],
  ['[::1]', 'http://[::1]:11434', 'local'],
  ['https://ollama.example.com', 'https://ollama.example.com', 'remote'],
])('the host %p is %p, which is %s', (host, baseUrl, runs) => {
  expect(ollamaAccount({ baseUrl: host })).toMatchObject({ baseUrl, runs });
});

test.each([
  'ftp://gpu-box',
  'file:///etc/passwd',
  'unix:///run/ollama',
  'gpu box',
  'http://me:x@gpu-box',
])('%p is no address of an Ollama', (host) => {
  expect(() => ollamaAccount({ baseUrl: host })).toThrow(
    expect.objectContaining({ code: 'INVALID_CONFIG' }),
  );
});
