import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Delivery } from '@aura/proto';
import { deliveryInputs, understandDelivery } from './delivery.js';
import { voiceStage, type VoiceStage } from './testing/voice-stage.js';
import { pronounced } from './text/pronounced.js';

let stage: VoiceStage;
beforeAll(async () => {
  stage = await voiceStage({});
});
afterAll(() => stage.close());

const NONE: Delivery = { speed: 0, pauses: 0, pronunciations: [] };
const TEXT = 'The river was wide and slow. Nobody crossed it before noon.';

function spoken(delivery?: Partial<Delivery>, over: { provider?: string; text?: string } = {}) {
  const voice = { voiceId: '', language: 'en-US' };
  const asked = delivery ? { ...voice, delivery: { ...NONE, ...delivery } } : voice;
  return stage.narrate({ provider: 'flite', text: TEXT, ...over, voice: asked });
}

test('a delivery that asks for nothing changes neither sound nor key', async () => {
  const plain = await spoken();
  const same = await spoken({ speed: 1, pauses: 1 });
  expect(same.narration).toEqual(plain.narration);
  expect(deliveryInputs(understandDelivery({ voiceId: '', language: '' }))).toEqual({});
});

test.each(['flite', 'espeak-ng'])(
  '%s speaks faster and slower, and its words stay on time',
  async (provider) => {
    const plain = await spoken(undefined, { provider });
    const fast = await spoken({ speed: 1.4 }, { provider });
    const slow = await spoken({ speed: 0.7 }, { provider });
    const last = ({ timings }: typeof plain) => timings.words.at(-1)?.endMs ?? 0;
    expect(last(fast) / last(plain)).toBeLessThan(0.85);
    expect(last(slow) / last(plain)).toBeGreaterThan(1.25);
    for (const { timings } of [fast, slow]) expect(timings.source).toBe('synthesiser');
  },
);

test('pauses between sentences grow, nothing else moves, and words stay at their sounds', async () => {
  const plain = await spoken();
  const wide = await spoken({ pauses: 2 });
  const gapOf = ({ timings }: typeof plain) => {
    const next = timings.words.findIndex(({ sentence }) => sentence === 1);
    return (timings.words[next]?.startMs ?? 0) - (timings.words[next - 1]?.endMs ?? 0);
  };
  expect(gapOf(wide) / gapOf(plain)).toBeGreaterThan(1.8);
  const grownMs = wide.narration.durationMs - plain.narration.durationMs;
  expect(Math.abs(grownMs - (gapOf(wide) - gapOf(plain)))).toBeLessThanOrEqual(2);
  const at = wide.timings.words.find(({ sentence }) => sentence === 1)?.startMs ?? 0;
  expect(loudest(wide, at - 60, at - 20)).toBeLessThan(200);
  expect(loudest(wide, at, at + 120)).toBeGreaterThan(1_000);
  const narrow = await spoken({ pauses: 0.5 });
  expect(gapOf(narrow) / gapOf(plain)).toBeLessThan(0.6);
  const lostMs = plain.narration.durationMs - narrow.narration.durationMs;
  expect(Math.abs(lostMs - (gapOf(plain) - gapOf(narrow)))).toBeLessThanOrEqual(2);
});

test('a pronunciation is said and the word is shown', async () => {
  const text = 'SQL is old.';
  const plain = await spoken(undefined, { text });
  const said = await spoken(
    { pronunciations: [{ word: 'sql', spoken: 'the structured query language' }] },
    { text },
  );
  expect(said.timings.words.map((word) => word.text)).toEqual(['SQL', 'is', 'old.']);
  expect(said.narration.durationMs).toBeGreaterThan(plain.narration.durationMs + 300);
  expect(said.narration.unitKey).not.toBe(plain.narration.unitKey);
});

test('pronunciations meet words in any case and with marks around them', () => {
  const words = ['“GIF”', "Aura's", 'gif,', 'gifts', 'C++'];
  const list = new Map([
    ['gif', 'jiff'],
    ['aura', 'ora'],
    ['c++', 'see plus plus'],
  ]);
  expect(pronounced(words, list)).toEqual(['“jiff”', "ora's", 'jiff,', 'gifts', 'see plus plus']);
});

test.each<[Partial<Delivery>, string]>([
  [{ speed: 9 }, 'InvalidInput:speed'],
  [{ speed: Number.NaN }, 'InvalidInput:speed'],
  [{ pauses: -1 }, 'InvalidInput:pauses'],
  [{ pronunciations: [{ word: 'two words', spoken: 'x' }] }, 'InvalidInput:pronunciations'],
  [{ pronunciations: [{ word: 'x', spoken: '---' }] }, 'InvalidInput:pronunciations'],
  [{ pronunciations: [{ word: 'x', spoken: 'a\u0001b' }] }, 'InvalidInput:pronunciations'],
  [
    { pronunciations: Array.from({ length: 201 }, () => ({ word: 'x', spoken: 'y' })) },
    'InvalidInput:pronunciations',
  ],
])('a wrong delivery is refused (%p)', async (delivery, code) => {
  await expect(spoken(delivery)).rejects.toMatchObject({ code });
});

function loudest({ sound }: Awaited<ReturnType<typeof spoken>>, fromMs: number, toMs: number) {
  return Math.max(...sound.samples.slice(fromMs * 48, toMs * 48).map(Math.abs));
}
