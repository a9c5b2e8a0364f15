import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { loadSettings } from '@aura/config';
import { PRICES } from '@aura/provider';
import { SCRIPT_PROVIDERS } from '@aura/script';
import { VISUALS_PROVIDERS } from '@aura/visuals';
import { VOICE_PROVIDERS } from '@aura/voice';

const file = path.resolve(import.meta.dirname, '../../../docs/providers.md');
const page = await readFile(file, 'utf8');
const rows = page
  .split('\n')
  .filter((line) => /^\| (?:script|voice|visuals) /.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()));
const defaults = loadSettings({});

test('docs/providers.md lists the providers of every stage in the order in which they are asked', () => {
  const listed = rows.map(([, stage, name]) => `${stage} ${name}`);
  const known = [...SCRIPT_PROVIDERS, ...VOICE_PROVIDERS, ...VISUALS_PROVIDERS];
  expect(listed).toEqual(known.map(({ stage, name }) => `${stage} \`${name}\``));
});

test.each([
  ['script', 'openai', defaults.OPENAI_SCRIPT_MODEL],
  ['script', 'anthropic', defaults.ANTHROPIC_MODEL],
  ['voice', 'elevenlabs', defaults.ELEVENLABS_MODEL],
  ['voice', 'openai', defaults.OPENAI_SPEECH_MODEL],
  ['visuals', 'openai', defaults.OPENAI_IMAGE_MODEL],
])('it says what the default model costs, and since when: %s by %s', (stage, name, model) => {
  const costs = rows.find((row) => row[1] === stage && row[2] === `\`${name}\``)?.at(-2) ?? '';
  const { inputPerMillion, outputPerMillion, charactersPerMillion, asOf } =
    PRICES.find(name, model) ?? {};
  expect(costs).toContain(`(${asOf})`);
  const figures = [...costs.matchAll(/(\d+(?:\.\d\d)?)(?= per million| out)/g)].map(([figure]) =>
    Number(figure),
  );
  const prices = [inputPerMillion, outputPerMillion, charactersPerMillion];
  expect(figures).toEqual(prices.filter((price) => price !== undefined));
});
