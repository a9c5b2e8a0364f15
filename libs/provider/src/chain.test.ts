import { expect, test } from 'vitest';
import type { ProviderReport, WorkerReport } from '@aura/proto';
import { chainOf } from './chain.js';

function report(name: string, kind: string): ProviderReport {
  const facts = { kind, remote: false, configured: true, account: '', gives: '', models: [] };
  return {
    name,
    stage: 'script',
    usable: true,
    reason: '',
    languages: [],
    facts,
  };
}

const worker: WorkerReport = {
  workerId: 'w',
  stages: ['script'],
  providers: [report('own', 'own-script'), report('rule-based', 'rules')],
  checks: [],
};
const chain = (script: string) =>
  chainOf('script', [worker], {
    language: 'en',
    choice: { script, voice: '', visuals: '', offline: true },
  });
const names = (script: string) => chain(script).providers.map(({ name }) => name);

test('the user’s own script is spoken by its provider alone, and that is in no other chain', () => {
  expect(names('own')).toEqual(['own']);
  expect(names('')).toEqual(['rule-based']);
  expect(chain('').unusable).toEqual([]);
  expect(chainOf('script', [worker], { language: 'en' }).replacements).toEqual([]);
});

test('what is told of voices is not carried along in jobs', () => {
  const speaker = report('flite', 'speech');
  const list = [{ name: 'slt', gender: 'f', style: '', caveat: '', languages: ['en'] }];
  const telling = { ...speaker, facts: { ...speaker.facts!, voices: { list } } };
  const workers = [{ ...worker, providers: [telling, report('rule-based', 'rules')] }];
  const { providers } = chainOf('script', workers, { language: 'en' });
  expect(providers).toEqual([speaker, report('rule-based', 'rules')]);
});

test('a voice that does not speak the language is missed where somebody has an account for it', () => {
  const english = { ...report('flite', 'speech'), stage: 'voice', languages: ['en'] };
  const paid = {
    ...english,
    name: 'deepgram',
    facts: { ...english.facts!, account: 'deepgram@x#1' },
  };
  const any = { ...english, name: 'espeak-ng', languages: ['de'] };
  const workers = [{ ...worker, stages: ['voice'], providers: [paid, english, any] }];
  const { replacements } = chainOf('voice', workers, { language: 'de' });
  expect(replacements).toMatchObject([
    { asked: 'deepgram', used: 'espeak-ng', code: 'VoiceUnavailable:de' },
  ]);
});
