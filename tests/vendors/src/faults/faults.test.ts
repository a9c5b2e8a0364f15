import { connect } from 'node:net';
import { expect, test } from 'vitest';
import fc from 'fast-check';
import type { Vendor } from '../start-vendor.js';
import { ask, chat, withVendor } from '../testing/kit.js';
import { VENDOR_NAMES } from '../vendors/definitions.js';
import { retryAfterDate, type Fault } from './fault.js';

test.each(['7', retryAfterDate(5_000), 'soon', '86400', '-1'])(
  'a rate limit says Retry-After: %s',
  (retryAfter) =>
    withVendor('openai', async (vendor) => {
      vendor.faults([{ kind: 'rate-limit', retryAfter }]);
      const reply = await chat(vendor);
      expect([reply.status, reply.headers.get('retry-after')]).toEqual([429, retryAfter]);
      expect(reply.json()['error']).toMatchObject({ code: 'rate_limit_exceeded' });
      expect(vendor.bill().accepted).toBe(0);
    }),
);

test.each([
  [{ kind: 'unauthorized' }, 401, 'invalid_api_key'],
  [{ kind: 'no-money' }, 429, 'insufficient_quota'],
  [{ kind: 'model-missing' }, 404, 'model_not_found'],
  [{ kind: 'status', status: 402 }, 402, 'insufficient_credits'],
  [{ kind: 'status', status: 500 }, 500, 'server_error'],
  [{ kind: 'status', status: 502 }, 502, '502 Bad Gateway'],
  [{ kind: 'status', status: 503 }, 503, 'overloaded'],
  [{ kind: 'status', status: 529 }, 529, 'overloaded'],
] as [Fault, number, string][])('%j is refused before it costs', (...[fault, status, text]) =>
  withVendor('openai', async (vendor) => {
    vendor.faults([fault]);
    const reply = await chat(vendor);
    expect(reply.status).toBe(status);
    expect(reply.text).toContain(text);
    expect(vendor.bill().accepted).toBe(0);
    expect(vendor.requests()[0]).toMatchObject({
      status,
      fault: fault.kind,
      path: '/v1/chat/completions',
    });
  }),
);

test('a fault strikes the calls that it names: by number, by route and by a piece of the request', () =>
  withVendor('openai', async (vendor) => {
    vendor.faults([
      { kind: 'status', status: 500, match: 'scene "two"' },
      { kind: 'status', status: 503, route: 'POST /v1/chat/completions', calls: [2, 4] },
      { kind: 'unauthorized', route: '/v1/models*', calls: { from: 2 } },
    ]);
    const statuses = [];
    for (const text of ['one', 'scene "two"', 'three', 'four', 'five'])
      statuses.push((await chat(vendor, text)).status);
    // The second call fits both and counts for both, but only the first fault that fits strikes.
    expect(statuses).toEqual([200, 500, 200, 503, 200]);
    const headers = { authorization: `Bearer ${vendor.key}` };
    const models = () => ask(`${vendor.url}/v1/models`, { headers }).then(({ status }) => status);
    expect([await models(), await models(), await models()]).toEqual([200, 401, 401]);
  }));

test('a slow first byte and a hang in the body can be waited for in vain; both are billed', () =>
  withVendor('openai', async (vendor) => {
    vendor.faults([
      { kind: 'slow', firstByteMs: 300, calls: 1 },
      { kind: 'hang', afterBytes: 20 },
    ]);
    const started = Date.now();
    expect((await chat(vendor)).status).toBe(200);
    expect(Date.now() - started).toBeGreaterThan(290);
    await expect(chat(vendor, 'again', AbortSignal.timeout(300))).rejects.toThrow(/abort|timeout/u);
    expect(vendor.bill().accepted).toBe(2);
  }));

test('a hanging reply sends its headers and the first bytes', () =>
  withVendor('openai', async (vendor) => {
    vendor.faults([{ kind: 'hang', afterBytes: 20 }]);
    const reply = await fetch(`${vendor.url}/v1/models`, {
      headers: { authorization: `Bearer ${vendor.key}` },
    });
    const { value } = (await reply.body?.getReader().read()) ?? {};
    expect(Buffer.from(value ?? []).toString()).toBe('{"object":"list","da');
  }));

test('resets and lost replies break the connection; only the reset before the request costs nothing', () =>
  withVendor('openai', async (vendor) => {
    const faults: Fault[] = [
      { kind: 'reset', when: 'before' },
      { kind: 'reset', when: 'inside' },
      { kind: 'lost-reply' },
    ];
    const accepted = [];
    for (const fault of faults) {
      vendor.faults([fault]);
      await expect(chat(vendor)).rejects.toThrow();
      accepted.push(vendor.bill().accepted);
    }
    expect(accepted).toEqual([0, 1, 2]);
  }));

test('a reset inside the reply comes after its first half', () =>
  withVendor('openai', async (vendor) => {
    vendor.faults([{ kind: 'reset', when: 'inside' }]);
    const { port } = new URL(vendor.url);
    const received = await new Promise<string>((resolve) => {
      const socket = connect(Number(port), '127.0.0.1');
      let text = '';
      socket.on('data', (piece: Buffer) => (text += piece.toString())).on('error', () => undefined);
      socket.on('close', () => resolve(text));
      socket.write(
        `GET /v1/models HTTP/1.1\r\nhost: a\r\nauthorization: Bearer ${vendor.key}\r\n\r\n`,
      );
    });
    expect(received).toContain('HTTP/1.1 200 OK');
    expect(received).toContain('{"object":"list"');
  }));

test('an endless body goes on while it is read, and stops with the reader', () =>
  withVendor('openai', async (vendor) => {
    vendor.faults([{ kind: 'endless-body' }]);
    const leaving = new AbortController();
    const reply = await fetch(`${vendor.url}/v1/models`, {
      headers: { authorization: `Bearer ${vendor.key}` },
      signal: leaving.signal,
    });
    let bytes = 0;
    for await (const piece of reply.body ?? []) {
      bytes += (piece as Uint8Array).length;
      if (bytes > 30_000_000) break;
    }
    leaving.abort();
    expect(bytes).toBeGreaterThan(30_000_000);
  }));

test('every vendor answers every trouble in its own way, with the right status, and charges nothing', async () => {
  for (const name of VENDOR_NAMES) {
    await withVendor(name, async (vendor) => {
      const [path, method] = FIRST_CALLS[name];
      for (const status of [500, 502, 503]) {
        vendor.faults([{ kind: 'status', status }]);
        expect([name, (await ask(`${vendor.url}${path}`, { method })).status]).toEqual([
          name,
          status,
        ]);
      }
      vendor.faults([{ kind: 'rate-limit', retryAfter: '3' }]);
      const limited = await ask(`${vendor.url}${path}`, { method });
      expect([name, limited.status, limited.headers.get('retry-after')]).toEqual([name, 429, '3']);
      for (const kind of ['unauthorized', 'no-money', 'model-missing'] as const) {
        vendor.faults([{ kind }]);
        const { status } = await ask(`${vendor.url}${path}`, { method });
        expect([name, kind, status >= 400 && status < 600]).toEqual([name, kind, true]);
      }
      expect(vendor.bill().accepted).toBe(0);
    });
  }
});

const FIRST_CALLS = {
  openai: ['/v1/models', 'GET'],
  anthropic: ['/v1/models', 'GET'],
  ollama: ['/api/tags', 'GET'],
  elevenlabs: ['/v1/voices', 'GET'],
  kokoro: ['/v1/models', 'GET'],
  localai: ['/v1/models', 'GET'],
  piper: ['/voices', 'GET'],
  comfyui: ['/queue', 'GET'],
  automatic1111: ['/sdapi/v1/sd-models', 'GET'],
  pexels: ['/v1/search?query=a', 'GET'],
  pixabay: ['/api/?q=a', 'GET'],
  deepgram: ['/v1/auth/token', 'GET'],
} as const;

test('more requests at once than a vendor takes are told to come later, and the most are counted', async () => {
  const run = async (vendor: Vendor) => {
    const replies = await Promise.all(Array.from({ length: 5 }, () => chat(vendor)));
    return replies.map(({ status }) => status).toSorted((a, b) => a - b);
  };
  const check = async (vendor: Vendor) => {
    expect(await run(vendor)).toEqual([200, 200, 429, 429, 429]);
    // A refused one is gone at once, so that not all five need meet.
    expect(vendor.busiest()).toBeGreaterThan(2);
    expect(vendor.bill().accepted).toBe(2);
  };
  await withVendor('openai', check, { workMs: 300, maxAtOnce: 2 });
});

test('work that fails is billed and answered with 500', () =>
  withVendor('openai', async (vendor) => {
    vendor.faults([{ kind: 'work-fails' }]);
    expect((await chat(vendor)).status).toBe(500);
    expect(vendor.bill().accepted).toBe(1);
  }));

test('the control interface sets faults, shows bill and requests, and forgets', () =>
  withVendor('openai', async (vendor) => {
    const set = (json: unknown) => ask(`${vendor.url}/__faults`, { method: 'PUT', json });
    expect((await set([{ kind: 'status', status: 500, calls: 1 }])).json()).toEqual({ faults: 1 });
    expect([(await chat(vendor)).status, (await chat(vendor)).status]).toEqual([500, 200]);
    expect((await ask(`${vendor.url}/__bill`)).json()).toMatchObject({ accepted: 1 });
    const { requests } = (await ask(`${vendor.url}/__requests`)).json() as {
      requests: { status: number }[];
    };
    expect(requests.map(({ status }) => status)).toEqual([500, 200]);
    const wrong = await set([{ kind: 'status', status: 500, call: 1 }]);
    expect([wrong.status, wrong.json()]).toEqual([400, { error: 'Fault 1 (status) has no call.' }]);
    await ask(`${vendor.url}/__reset`, { method: 'POST' });
    expect(vendor.bill().accepted + vendor.requests().length).toBe(0);
  }));

test('with idempotency keys switched on the same request is charged once; otherwise each time', async () => {
  const twice = async (vendor: Vendor) => {
    const order = {
      json: { model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'hi' }] },
      headers: { authorization: `Bearer ${vendor.key}`, 'idempotency-key': 'k1' },
    };
    const url = `${vendor.url}/v1/chat/completions`;
    const [a, b] = await Promise.all([ask(url, order), ask(url, order)]);
    return { isSame: a.text === b.text, accepted: vendor.bill().accepted };
  };
  await withVendor('openai', async (vendor) => expect((await twice(vendor)).accepted).toBe(2));
  const options = { idempotencyKeys: true };
  await withVendor(
    'openai',
    async (vendor) => expect(await twice(vendor)).toEqual({ isSame: true, accepted: 1 }),
    options,
  );
});

test('whatever is asked and whichever fault strikes, the bill counts exactly the accepted requests', () =>
  withVendor('openai', async (vendor) => {
    const kinds = [
      'none',
      'rate-limit',
      'unauthorized',
      'lost-reply',
      'garbage',
      'refusal',
      'work-fails',
    ] as const;
    const calls = fc.array(fc.constantFrom(...kinds), { minLength: 1, maxLength: 8 });
    const free = new Set<string>(['rate-limit', 'unauthorized']);
    await fc.assert(
      fc.asyncProperty(calls, async (plan) => {
        vendor.reset();
        vendor.faults(
          plan.flatMap((kind, at) => (kind === 'none' ? [] : [{ kind, match: `call ${at}.` }])),
        );
        await Promise.allSettled(plan.map((_, at) => chat(vendor, `call ${at}.`)));
        const { accepted, costUsd, entries } = vendor.bill();
        expect(accepted).toBe(plan.filter((kind) => !free.has(kind)).length);
        expect(costUsd).toBeCloseTo(
          entries.reduce((sum, entry) => sum + entry.costUsd, 0),
          8,
        );
      }),
      { numRuns: 15 },
    );
  }));
