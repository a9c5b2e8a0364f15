import { expect, test } from '@jest/globals';
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
