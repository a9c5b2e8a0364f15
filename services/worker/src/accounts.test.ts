import { expect, test } from 'vitest';
import { accountNamed, ACCOUNTS } from '@aura/provider';
import { SCRIPT_PROVIDERS } from '@aura/script';
import { VISUALS_PROVIDERS } from '@aura/visuals';
import { VOICE_PROVIDERS } from '@aura/voice';

const ENTRIES = [...SCRIPT_PROVIDERS, ...VOICE_PROVIDERS, ...VISUALS_PROVIDERS];

test('the list of accounts and the registries of all stages know the same providers', () => {
  const registered = new Set(ENTRIES.map(({ name }) => accountNamed(name)?.name ?? name));
  expect(ACCOUNTS.map(({ name }) => name).toSorted()).toEqual([...registered].toSorted());
});

test('what runs where, and who has an account, is said the same in both', () => {
  for (const { name, stage, runs, account } of ENTRIES) {
    const kind = accountNamed(name);
    expect([stage, name, kind?.account !== undefined]).toEqual([
      stage,
      name,
      account !== undefined,
    ]);
    if (kind?.is === 'remote') expect([name, runs]).toEqual([name, 'remote']);
    if (kind?.is === 'program') expect([name, runs]).toEqual([name, 'local']);
  }
});
