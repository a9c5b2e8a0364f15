import { afterAll, beforeAll, expect, test } from 'vitest';
import { registryProblems } from '@aura/provider';
import { visualsStage, type VisualsStage } from '../testing/visuals-stage.js';
import { VISUALS_PROVIDERS } from './registry.js';

let stage: VisualsStage;
beforeAll(async () => {
  stage = await visualsStage();
});
afterAll(() => stage.close());

test('the registry is sound, and its order is that of the chain: made, found, given, and drawn last', () => {
  expect(registryProblems(VISUALS_PROVIDERS)).toEqual([]);
  expect(VISUALS_PROVIDERS.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
    'openai picture-generator',
    'comfyui picture-generator',
    'automatic1111 picture-generator',
    'comfyui-clips clip-generator',
    'pexels stock',
    'pixabay stock',
    'pexels-clips stock-clips',
    'pixabay-clips stock-clips',
    'own-media own-media',
    'figures drawing',
    'cards drawing',
  ]);
});

test('with nothing configured only drawings and own pictures can be used, and each of the others says what it lacks', async () => {
  const reports = await stage.reports();
  expect(reports.map(({ name, usable, reason, code }) => [name, usable, reason, code])).toEqual([
    ['openai', false, 'OPENAI_API_KEY is not set.', 'MissingApiKey:OPENAI_API_KEY'],
    ['comfyui', false, 'COMFYUI_URL is not set.', 'MissingApiKey:COMFYUI_URL'],
    ['automatic1111', false, 'AUTOMATIC1111_URL is not set.', 'MissingApiKey:AUTOMATIC1111_URL'],
    ['comfyui-clips', false, 'COMFYUI_URL is not set.', 'MissingApiKey:COMFYUI_URL'],
    ['pexels', false, 'PEXELS_API_KEY is not set.', 'MissingApiKey:PEXELS_API_KEY'],
    ['pixabay', false, 'PIXABAY_API_KEY is not set.', 'MissingApiKey:PIXABAY_API_KEY'],
    ['pexels-clips', false, 'PEXELS_API_KEY is not set.', 'MissingApiKey:PEXELS_API_KEY'],
    ['pixabay-clips', false, 'PIXABAY_API_KEY is not set.', 'MissingApiKey:PIXABAY_API_KEY'],
    ['own-media', true, '', undefined],
    ['figures', true, '', undefined],
    ['cards', true, '', undefined],
  ]);
  expect(reports.map(({ facts }) => [facts?.kind, facts?.configured])).toEqual([
    ['picture-generator', false],
    ['picture-generator', false],
    ['picture-generator', false],
    ['clip-generator', false],
    ['stock', false],
    ['stock', false],
    ['stock-clips', false],
    ['stock-clips', false],
    ['own-media', true],
    ['drawing', true],
    ['drawing', true],
  ]);
});

test('once a card could be drawn, a report draws none again', async () => {
  await stage.reports();
  const started = performance.now();
  await stage.reports();
  expect(performance.now() - started).toBeLessThan(50);
});
