import { expect, test } from 'vitest';
import { ACTIONS, actionsByCode, actionsOf } from './actions.js';
import { CODES, type CodeKey } from './codes.js';

const namesOf = (code: string, where: 'request' | 'job') =>
  actionsOf(code, where).map(({ name }) => name);

test('what is offered at a failure depends on its code and on where it is met', () => {
  expect(namesOf('FFmpegNotFound', 'job')).toEqual([
    'installFfmpeg',
    'openSettings',
    'runSystemCheck',
    'retryStep',
  ]);
  expect(namesOf('MissingApiKey:OPENAI_API_KEY', 'job')).toEqual(['openSettings', 'openProviders']);
  expect(namesOf('InvalidInput:brief', 'request')).toEqual(['editRequest']);
  expect(namesOf('DatabaseUnavailable', 'request')).toEqual(['repeatRequest', 'runSystemCheck']);
  expect(actionsOf('NETWORK_TIMEOUT', 'job')[0]).toEqual({
    name: 'retryStep',
    title: 'Try again from this step',
    operation: 'retryJob',
  });
  expect(namesOf('NobodyKnowsThis', 'job')).toContain('getDiagnostics');
});

test('whatever a job can fail with, something can be done about it', () => {
  const codes = (Object.keys(CODES) as CodeKey[]).filter((code) => CODES[code].fault !== 'caller');
  for (const [code, actions] of actionsByCode()) {
    if (codes.includes(code)) expect([code, actions.length]).not.toEqual([code, 0]);
  }
});

test('every action is offered somewhere', () => {
  const offered = new Set([...actionsByCode().values()].flat());
  expect(Object.keys(ACTIONS).filter((name) => !offered.has(name as 'signIn'))).toEqual([]);
});
