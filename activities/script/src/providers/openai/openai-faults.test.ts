import { afterEach, beforeEach, expect, test } from 'vitest';
import { startVendor, type Fault, type Vendor } from '@aura/vendors';
import { openStage, type Stage } from '../../testing/asked-models.js';

const CANARY = 'sk-proj-canary0Canary1Canary2Canary3Canary4';

let vendor: Vendor;
let stage: Stage;
beforeEach(async () => {
  vendor = await startVendor('openai', { key: CANARY });
  // Long enough for a busy machine, short enough to wait for.
  stage = await openStage(
    { openai: { key: CANARY, baseUrl: `${vendor.url}/v1`, model: 'gpt-4o-mini' } },
    { totalMs: 3_000 },
  );
});
afterEach(async () => {
  await stage.close();
  await vendor.close();
});

const bodies = () => vendor.requests().map(({ json }) => json as ChatBody);
interface ChatBody {
  messages: { role: string; content: string }[];
}

test.each<[Fault, object]>([
  [{ kind: 'unauthorized' }, { code: 'AUTH_FAILED', message: 'Invalid API key', retryable: false }],
  [{ kind: 'no-money' }, { code: 'QUOTA_EXCEEDED', retryable: false }],
  [
    { kind: 'rate-limit', retryAfter: '7' },
    { code: 'RATE_LIMIT_EXCEEDED', retryable: true, retryAfterMs: 7_000 },
  ],
  [
    { kind: 'status', status: 503 },
    { code: 'API_ERROR', message: 'Service unavailable' },
  ],
  [
    { kind: 'model-missing' },
    { code: 'RESOURCE_NOT_FOUND', message: expect.stringContaining('gpt-4o-mini') },
  ],
  [
    { kind: 'reset', when: 'before' },
    { code: 'TransientNetworkFailure', retryable: true },
  ],
  [{ kind: 'lost-reply' }, { code: expect.stringMatching(/NetworkFailure|TIMEOUT/) }],
  [{ kind: 'hang' }, { code: 'NETWORK_TIMEOUT', retryable: true }],
  [{ kind: 'refusal' }, { code: 'CONTENT_REFUSED', retryable: false }],
  [{ kind: 'garbage' }, { code: 'API_ERROR' }],
  [{ kind: 'null' }, { code: 'API_ERROR' }],
  [{ kind: 'empty' }, { code: 'API_ERROR' }],
  [{ kind: 'html' }, { code: 'API_ERROR' }],
  [{ kind: 'odd-shape' }, { code: 'API_ERROR' }],
  [{ kind: 'deep-json' }, { code: 'API_ERROR' }],
  [
    { kind: 'deep-json', inside: 'content' },
    {
      code: 'ScriptInvalid',
      retryable: false,
      message:
        'The language model wrote no usable script: the answer is JSON that is nested too deeply.',
    },
  ],
  [
    { kind: 'bad-script', how: 'not-json' },
    {
      code: 'ScriptInvalid',
      retryable: false,
      message: 'The language model wrote no usable script: the answer is not JSON.',
      remediation: expect.stringContaining('another model or provider'),
    },
  ],
  [
    { kind: 'bad-script', how: 'cut' },
    { code: 'ScriptInvalid', message: expect.stringMatching(/cut off before its end\.$/) },
  ],
  [{ kind: 'bad-script', how: 'empty-text' }, { code: 'ScriptInvalid' }],
  [{ kind: 'bad-script', how: 'too-few' }, { code: 'ScriptInvalid' }],
  [
    { kind: 'bad-script', how: 'wrong-language' },
    { code: 'ScriptInvalid', message: expect.stringMatching(/not written in en-US\.$/) },
  ],
  [{ kind: 'bad-script', how: 'repeats' }, { code: 'ScriptInvalid' }],
])('%p is told as %p', async (fault, failure) => {
  vendor.faults([fault]);
  const error: unknown = await stage.write().catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ name: 'Failure', entry: { fault: 'provider' }, ...failure });
  expect(vendor.requests().length).toBeLessThanOrEqual(2);
  expect(everythingOf(error)).not.toContain(CANARY);
  expect(everythingOf(error)).not.toContain(CANARY.slice(8));
});

test.each<[Extract<Fault, { kind: 'bad-script' }>['how'], RegExp]>([
  ['cut', /cut off before its end: write less/],
  ['not-json', /not JSON/],
  ['too-few', /would last|scenes between/],
  ['empty-text', /empty|no narration/],
  ['repeats', /repeats a sentence/],
  ['markdown', /markdown/],
  ['stage-directions', /stage directions/],
  ['wrong-language', /not written in en-US: write every word/],
])(
  'an answer with the fault %p is asked for once more, with the fault named',
  async (how, named) => {
    vendor.faults([{ kind: 'bad-script', how, calls: 1 }]);
    const script = await stage.write();
    expect(script.scenes.length).toBeGreaterThanOrEqual(4);
    const [, again] = bodies();
    expect(again?.messages.map(({ role }) => role)).toEqual([
      'system',
      'user',
      'assistant',
      'user',
    ]);
    expect(again?.messages[3]?.content).toMatch(named);
    expect(vendor.bill().accepted).toBe(2);
  },
);

test.each(['markdown', 'stage-directions'] as const)(
  'what is still %s after that is mended by rules, and nothing is asked a third time',
  async (how) => {
    vendor.faults([{ kind: 'bad-script', how }]);
    const script = await stage.write();
    const said = script.scenes.map(({ narration }) => narration).join('\n');
    expect(said).not.toMatch(/[*#[(]|narrator|Part \d/i);
    expect(vendor.bill().accepted).toBe(2);
  },
);

test('a second question that is lost does not cost the first answer, where that can be mended', async () => {
  vendor.faults([
    { kind: 'bad-script', how: 'markdown', calls: 1 },
    { kind: 'no-money', calls: 2 },
  ]);
  expect((await stage.write()).scenes.length).toBeGreaterThanOrEqual(4);
});

/** All that could be logged of an error. */
function everythingOf(error: unknown): string {
  if (!(error instanceof Error)) return JSON.stringify(error);
  const { message, stack, cause } = error;
  const own = JSON.stringify(error, Object.getOwnPropertyNames(error));
  return [message, stack, own, cause === undefined ? '' : everythingOf(cause)].join('\n');
}
