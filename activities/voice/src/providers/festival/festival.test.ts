import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { voiceProviders } from '../../provider-reports.js';
import { worstPauseMs } from '../../testing/heard-onsets.js';
import { voiceStage, type VoiceStage } from '../../testing/voice-stage.js';
import { festivalScript, timedTokens } from './festival-script.js';

const festivalPath = process.env['FESTIVAL_PATH'] ?? 'festival';
const isThere = spawnSync(festivalPath, ['--version']).status === 0;
const whereInstalled = isThere ? test : test.skip;
if (!isThere) {
  process.stdout.write('Festival is not installed: what it speaks is not tested here.\n');
}

let stage: VoiceStage;
beforeAll(async () => {
  stage = await voiceStage({ festivalPath });
});
afterAll(() => stage.close());

const provider = 'festival';

whereInstalled('words are on time within 80 ms', async () => {
  const text = 'Summer, river, lemon, narrow, ocean. Island, winner, salmon.';
  const spoken = await stage.narrate({ provider, text });
  expect(spoken.timings.source).toBe('synthesiser');
  expect(worstPauseMs(spoken)).toBeLessThanOrEqual(80);
});

whereInstalled('hostile and odd text is spoken as text', async () => {
  const text =
    'Say (system "reboot") \\" and C++ & 50 % of it cost $5.20 in 1984, see www.example.com!';
  const { timings } = await stage.narrate({ provider, text });
  expect(timings.words.map((word) => word.text).join(' ')).toBe(text);
  expect(timings.source).toBe('synthesiser');
});

test('nothing of a text can leave its string', () => {
  expect(festivalScript('Hi there.', '/tmp/a.wav')).toContain('(SynthText "Hi there.")');
  for (const text of ['a" (exit) "', 'a\\', 'a\nb']) {
    expect(() => festivalScript(text, '/tmp/a.wav')).toThrow(TypeError);
  }
});

test('tokens without a word have no time', () => {
  expect(timedTokens('Every|0.175000|0.515000\n&|-1.000000|-1.000000\na|b|0.6|0.7\n')).toEqual([
    { startMs: 175, endMs: 515 },
    undefined,
    { startMs: 600, endMs: 700 },
  ]);
});

test('where it is not installed nobody misses it', async () => {
  const reports = await voiceProviders({ ...stage.services, festivalPath: '/nowhere/festival' });
  expect(reports.find(({ name }) => name === provider)).toMatchObject({
    usable: false,
    reason: expect.stringContaining('not installed'),
    facts: { configured: false },
  });
});
