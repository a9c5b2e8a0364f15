import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createRequire } from 'node:module';
import { reportOnFonts } from './report-on-fonts.js';
import { findFontFiles, fontLibrary, matchFonts } from '@aura/drawing';

const STYLE = { typeface: 'serif', weight: 'bold', language: 'en' } as const;

test('with the shipped fonts alone cards can be drawn, and the report names the scripts that cannot', async () => {
  const files = await findFontFiles(undefined, ['/no/such/folder']);
  const report = await reportOnFonts(() => Promise.resolve(fontLibrary(files)));
  expect(report).toMatchObject({ usable: true });
  expect(report.reason).toContain('Arabic');
  expect(report.reason).not.toMatch(/Greek|Cyrillic/);
});

test('without any usable font the report says so instead of failing', async () => {
  const missing = { bold: '/no/font.ttf', regular: '/no/font.ttf' };
  const files = { own: [], shipped: { sans: missing, serif: missing }, installed: new Map() };
  const report = await reportOnFonts(() => Promise.resolve(fontLibrary(files)));
  expect(report.usable).toBe(false);
  expect(report.reason).not.toBe('');
  const broken = await reportOnFonts(() => Promise.reject(new Error('no wasm here')));
  expect(broken).toMatchObject({ usable: false, reason: expect.stringContaining('no wasm here') });
});

test('the user’s own fonts come first, for what they cover', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'aura-fonts-'));
  try {
    const { resolve } = createRequire(import.meta.url);
    const own = resolve('@expo-google-fonts/manrope/200ExtraLight/Manrope_200ExtraLight.ttf');
    await copyFile(own, path.join(folder, 'Own.ttf'));
    const fonts = fontLibrary(await findFontFiles(folder));
    const mixed = await matchFonts('Own 山', STYLE, fonts);
    expect(mixed.faceAt(0)?.key).toContain('Own.ttf');
    expect(mixed.faceAt(4)?.key).toMatch(/CJK/);
    const plain = fontLibrary(await findFontFiles());
    const request = { ...STYLE, script: 'Latin' } as const;
    expect(await fonts.version([request])).not.toBe(await plain.version([request]));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
