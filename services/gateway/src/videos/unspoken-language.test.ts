import { expect, test } from 'vitest';
import { worker } from '../testing/worker-report.js';
import { generateRequest } from './generate-request.js';
import { orderFrom } from './order.js';
import { unspokenLanguage } from './unspoken-language.js';

const voice = { stage: 'voice', usable: true, reason: '', languages: [] as string[] };
const flite = { ...voice, name: 'flite', languages: ['en'] };
const espeak = { ...voice, name: 'espeak-ng', languages: ['en', 'de'] };
const late = { ...voice, name: 'late', usable: false, code: 'NETWORK_TIMEOUT' };
const absent = { ...voice, name: 'x', usable: false, code: 'MissingApiKey:X' };

function failureOf(options: object, providers = [flite, espeak, absent], body: object = {}) {
  const request = generateRequest.parse({ brief: 'x', options, ...body });
  return unspokenLanguage(request, orderFrom(request), [worker({ providers })]);
}

test('a language that no voice here speaks is refused at its member, with one that would do', () => {
  expect(failureOf({ language: 'tlh' })).toMatchObject({
    code: 'InvalidInput:options.language',
    message:
      'options.language must be a language that a voice here speaks, such as "en": none speaks Klingon (tlh) now.',
    fields: [{ field: 'options.language' }],
  });
});

test('a language that is or may be spoken, and none that is named, is left to the job', () => {
  for (const language of ['de-AT', 'en', null]) expect(failureOf({ language })).toBeUndefined();
  expect(failureOf({ language: 'tlh' }, [flite, late])).toBeUndefined();
  expect(failureOf({ language: 'tlh' }, [flite, { ...voice, name: 'any' }])).toBeUndefined();
  expect(failureOf({ language: 'tlh' }, [])).toBeUndefined();
  expect(failureOf({ language: 'tlh', providers: { voice: 'flite' } })).toBeUndefined();
});
