import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { createVendors, CallJournal, PriceList } from '@aura/provider';
import { LocalLedger } from '@aura/storage';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SCRIPT_PROVIDERS } from '../providers/registry.js';
import type { ScriptProviderSettings } from '../providers/script-entry.js';
import type { ScriptDesk } from '../script-provider.js';
import { PACE } from '../testing/scripts.js';

const NAMES = ['openai', 'anthropic', 'ollama', 'openai-compatible'];

test.each(NAMES)('a cancel of %s reaches the socket and throws its own reason', async (name) => {
  const root = await mkdtemp(path.join(tmpdir(), 'aura-cancel-'));
  const vendors = createVendors({ journal: new CallJournal(new LocalLedger(root)) });
  const open: ServerResponse[] = [];
  const server = createServer((request, response) => {
    if (request.url === '/api/tags')
      response.end(JSON.stringify({ models: [{ name: 'm:latest' }] }));
    else {
      open.push(response);
      server.emit('asked');
    }
  });
  try {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const canceled = new AbortController();
    const entry = SCRIPT_PROVIDERS.find((candidate) => candidate.name === name)!;
    const provider = entry.create(settingsFor(url), { vendors, prices: new PriceList([]) });
    const { signal } = canceled;
    const desk: ScriptDesk = {
      videoId: 'v1',
      capUsd: undefined,
      isLastAttempt: true,
      call: (_name, _inputs, work) => work({ unitKey: 'k', signal }),
    };
    const asked = once(server, 'asked');
    const writing = provider.write(ORDER, signal, desk).catch((error: unknown) => error);
    await Promise.race([asked, writing]);
    const closed = once(open[0]!, 'close');
    const reason = new Error('the user does not want it any more');
    canceled.abort(reason);
    await closed;
    expect(await writing).toBe(reason);
    expect(open).toHaveLength(1);
    expect(vendors.health().filter(({ failures }) => failures > 0)).toEqual([]);
  } finally {
    server.closeAllConnections();
    server.close();
    await vendors.close();
    await rm(root, { recursive: true, force: true });
  }
});

const ORDER = {
  brief: { text: 'Bees', style: '', audience: '', language: 'en-US' },
  plan: { targetDurationMs: 60_000, maxScenes: 12 },
  pace: PACE,
};

function settingsFor(url: string): ScriptProviderSettings {
  return {
    wordnetPath: '',
    openai: { key: 'sk-test', baseUrl: `${url}/v1`, model: 'gpt-4o-mini' },
    anthropic: { key: 'sk-ant-test', baseUrl: url, model: 'm' },
    ollama: { host: url, model: 'm' },
    openaiCompatible: { baseUrl: `${url}/v1`, model: 'm' },
  };
}
