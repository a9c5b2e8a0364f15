import { expect, test } from 'vitest';
import { firstPortOf, portOf, settingsText } from './settings-text.js';
import { DEFINITIONS, VENDOR_NAMES } from './vendors/definitions.js';

test('the first port can be chosen, and the others follow it', () => {
  expect(firstPortOf([])).toBeUndefined();
  expect(portOf('deepgram')).toBe(DEFINITIONS.deepgram.port);
  const first = firstPortOf(['29000']);
  expect(VENDOR_NAMES.map((name) => portOf(name, first))).toEqual(
    VENDOR_NAMES.map((_name, at) => 29_000 + at),
  );
  for (const odd of ['', 'x', '80', '65530', '-1', '1e4', '0x7000']) {
    expect(() => firstPortOf([odd])).toThrow(RangeError);
  }
});

test('what to set is printed of every vendor, also of those that can be something else', () => {
  const served = VENDOR_NAMES.map((name, at) => {
    const place = { url: `http://127.0.0.1:${29_000 + at}`, key: DEFINITIONS[name].key };
    return { name, ...place, environment: DEFINITIONS[name].environment(place) };
  });
  const lines = settingsText(served).split('\n');
  expect(lines).toContain('export PIPER_URL=http://127.0.0.1:29006');
  expect(lines).toContain('# export OPENAI_COMPATIBLE_BASE_URL=http://127.0.0.1:29000/v1');
  expect(lines).toContain('# export AURA_TTS_URL=http://127.0.0.1:29005/v1');
  expect(lines).toContain('# export COMFYUI_VIDEO_CHECKPOINT=svd_xt.safetensors');
  expect(lines.join('\n')).toContain('curl -X PUT http://127.0.0.1:29003/__faults');
  expect(lines.join('\n')).not.toMatch(/undefined|18\d\d\d/);
});
