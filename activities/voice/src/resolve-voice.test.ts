import { expect, test } from 'vitest';
import { voiceProvidersOf } from './providers/index.js';
import { resolveVoice } from './resolve-voice.js';
import { PROGRAMS } from './testing/voices.js';

const PROVIDERS = voiceProvidersOf(PROGRAMS);

function resolved(provider: string, voiceId: string, language = '') {
  const { voice, warnings } = resolveVoice(PROVIDERS, provider, { voiceId, language });
  return [voice.name, ...warnings.map(({ code }) => code)];
}

test.each([
  ['', 'en-US', 'slt'],
  ['en-US-narrator-f', 'en-US', 'slt'],
  ['en-US-narrator-m', 'en-US', 'rms'],
  ['en-GB-narrator-m', 'en-GB', 'awb'],
  ['en-GB-narrator-m', '', 'awb'],
  ['en-US-Neural', 'en-US', 'slt'],
  ['en-narrator', 'en', 'slt'],
  ['RMS', 'en-US', 'rms'],
])('flite speaks “%s” (%s) with %s', (voiceId, language, voice) => {
  expect(resolved('flite', voiceId, language)).toEqual([voice]);
});

test.each([
  ['Rachel', 'slt'],
  ['Adam', 'rms'],
  ['onyx', 'rms'],
  ['21m00Tcm4TlvDq8ikWAM', 'slt'],
  ['en-US-JennyNeural', 'slt'],
  ['en-US-GuyNeural', 'rms'],
  ['en-GB-RyanMultilingualNeural', 'awb'],
  ['en-US-Wavenet-D', 'slt'],
  ['--voicedir=/etc', 'slt'],
  ['en-GB-narrator-f', 'slt'],
])('flite speaks “%s”, which it has not, with %s and says so', (voiceId, voice) => {
  expect(resolved('flite', voiceId)).toEqual([voice, 'VoiceMapped']);
});

test.each([
  ['', 'de-AT', 'gmw/de+f3'],
  ['de-narrator-m', 'de-DE', 'gmw/de'],
  ['en-GB-narrator-f', 'en-GB', 'gmw/en+f3'],
  ['', 'es-MX', 'roa/es-419+f3'],
  ['pt-PT-narrator-m', 'pt-PT', 'roa/pt'],
  ['', 'zh-Hans-CN', 'sit/cmn-Latn-pinyin+f3'],
  ['', 'zh-HK', 'sit/yue+f3'],
  ['', 'nn', 'gmq/nb+f3'],
  ['de+m2', 'de', 'gmw/de+m2'],
])('espeak-ng speaks “%s” (%s) with %s', (voiceId, language, voice) => {
  expect(resolved('espeak-ng', voiceId, language)).toEqual([voice]);
});

test('the text’s language wins over the voice’s, with a warning that says both', () => {
  const { voice, warnings } = resolveVoice(PROVIDERS, 'espeak-ng', {
    voiceId: 'en-US-narrator-m',
    language: 'ru',
  });
  expect(voice.name).toBe('zle/ru');
  expect(warnings).toHaveLength(1);
  expect(warnings[0]?.message).toMatch(/speaks English, the text is Russian/);
});

test('a language that is not spoken is refused with the voice that would do', () => {
  expect(refusal('flite', 'de-DE')).toMatchObject({
    code: 'VoiceUnavailable:de-DE',
    message: 'flite does not speak German; espeak-ng does.',
    entry: { retryable: false, fault: 'provider' },
  });
  expect(refusal('espeak-ng', 'th-TH')).toMatchObject({
    code: 'VoiceUnavailable:th-TH',
    message: expect.stringMatching(/No local voice speaks Thai; a cloud voice such as/),
  });
  expect(refusal('azure', 'en')).toMatchObject({ code: 'VoiceUnavailable:en' });
  // Known, but not set up: what is missing is said, not that it does not speak.
  const unset = refusal('elevenlabs', 'en');
  expect(unset).toMatchObject({ code: 'MissingApiKey:ELEVENLABS_API_KEY' });
  for (const tag of ['no such tag', '$(reboot)', 'x', '-v']) {
    expect(refusal('espeak-ng', tag)).toMatchObject({ code: 'InvalidInput:language' });
  }
});

test('a voice with a known weakness says so', () => {
  expect(resolved('espeak-ng', '', 'ar')).toEqual(['sem/ar+f3', 'VoiceLimited']);
});

function refusal(provider: string, language: string): unknown {
  try {
    return resolved(provider, '', language);
  } catch (error) {
    return error;
  }
}
