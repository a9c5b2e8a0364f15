import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { CHECKPOINT, COMFYUI, ORDER, OTHER_GRAPH, posted } from '../../testing/comfyui-case.js';
import { withStage, type VendorCase } from '../../testing/vendor-faults.js';
import type { VisualsStage } from '../../testing/visuals-stage.js';

test('a checkpoint that is not there is named, in the order and in the report', () =>
  withStage(
    { ...COMFYUI, settings: ({ url }) => ({ comfyUi: { url, checkpoint: 'none.safetensors' } }) },
    async (stage) => {
      const words = /no checkpoint none\.safetensors: put it into models\/checkpoints/;
      await expect(stage.illustrate(ORDER)).rejects.toMatchObject({
        code: 'RESOURCE_NOT_FOUND',
        message: expect.stringMatching(words),
      });
      const report = (await stage.reports()).find(({ name }) => name === 'comfyui');
      expect(report).toMatchObject({
        usable: false,
        code: 'RESOURCE_NOT_FOUND',
        reason: expect.stringMatching(words),
        facts: { configured: true, remote: false, models: expect.arrayContaining([CHECKPOINT]) },
      });
    },
  ));

test('without a named checkpoint the first of the list is taken; without any the report says so', async () => {
  const settings: VendorCase['settings'] = ({ url }) => ({ comfyUi: { url } });
  await withStage({ ...COMFYUI, settings }, async (stage, vendor) => {
    expect((await stage.illustrate(ORDER)).provider).toBe('comfyui');
    expect(JSON.stringify(posted(vendor)[0]?.prompt)).toContain(CHECKPOINT);
  });
  await withStage(
    { ...COMFYUI, settings },
    async (stage) => {
      const report = (await stage.reports()).find(({ name }) => name === 'comfyui');
      expect(report).toMatchObject({
        usable: false,
        reason: expect.stringContaining('no checkpoint'),
      });
    },
    { models: [] },
  );
});

test('a graph of one’s own is filled as data; one without a place for the prompt is refused', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'aura-graph-'));
  const file = path.join(folder, 'graph.json');
  const own = structuredClone(OTHER_GRAPH) as Record<string, { inputs: Record<string, unknown> }>;
  const settings: VendorCase['settings'] = ({ url }) => ({ comfyUi: { url, workflowFile: file } });
  const report = async (stage: VisualsStage) =>
    (await stage.reports()).find(({ name }) => name === 'comfyui');
  try {
    await withStage({ ...COMFYUI, settings }, async (stage, vendor) => {
      for (const text of ['{', '[]', '{"1":{"inputs":{}}}', JSON.stringify(own)]) {
        await writeFile(file, text);
        await expect(stage.illustrate(ORDER)).rejects.toMatchObject({ code: 'INVALID_CONFIG' });
        expect(await report(stage)).toMatchObject({ usable: false, code: 'INVALID_CONFIG' });
      }
      own['2']!.inputs['text'] = '{{prompt}}';
      await writeFile(file, JSON.stringify(own));
      const hostile = '{{seed}} (weight:1.9) <lora:evil:1> embedding:bad {a|b} __wild__ BREAK';
      await stage.illustrate({ ...ORDER, scene: { visualPrompt: hostile } });
      expect(posted(vendor)[0]?.prompt['2']?.inputs['text']).toMatch(
        /^seed weight 1\.9 lora evil 1 embedding bad a b wild break, documentary/,
      );
      expect(await report(stage)).toMatchObject({ usable: true });
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('a server that is not there is known quickly, and never counts against its breaker', () =>
  withStage(
    { ...COMFYUI, settings: () => ({ comfyUi: { url: 'http://127.0.0.1:9' } }) },
    async (stage) => {
      const started = performance.now();
      const report = (await stage.reports()).find(({ name }) => name === 'comfyui');
      expect(performance.now() - started).toBeLessThan(3_000);
      expect(report).toMatchObject({
        usable: false,
        code: 'TransientNetworkFailure',
        health: { breaker: 'closed', calls: 0 },
      });
      expect(report?.reason).toContain('not running at 127.0.0.1:9');
    },
  ));
