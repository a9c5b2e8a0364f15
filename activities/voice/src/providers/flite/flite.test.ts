import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { PROGRAMS } from '../../testing/voices.js';
import { alignPhones } from './align-phones.js';
import { fliteProvider, timedPhones } from './flite-provider.js';
import { fliteVoiceFor } from './flite-voices.js';
import { fliteWords } from './flite-words.js';

test('phones find their words, also where a word sounds different in company', () => {
  const sentence = 'pau dh iy ae p ax l pau d aa k t er s m ih th pau'.split(' ');
  const alone = ['pau dh ax pau', 'pau ae p ax l pau', 'pau d r ay v pau', 'pau s m ih th pau'];
  const phones = sentence.map((phone, index) => ({
    phone,
    startMs: index * 100,
    endMs: (index + 1) * 100,
  }));
  const words = alignPhones(
    phones,
    alone.map((line) => line.split(' ')),
  );
  expect(words.map((word) => word && [word.startMs, word.endMs])).toEqual([
    [100, 300],
    [300, 700],
    [800, 1_300],
    [1_300, 1_700],
  ]);
});

test('a word without a phone has no time', () => {
  const phones = [{ phone: 'ay', startMs: 0, endMs: 100 }];
  expect(alignPhones(phones, [['ay'], []])[1]).toBeUndefined();
  expect(alignPhones([], [['ay']])).toEqual([undefined]);
});

test('utterances of one file follow each other, fitted to its length', () => {
  const phones = timedPhones('pau:0.200 ay:0.500 \npau:0.100 n:0.510 \n', 1_000);
  expect(phones.map(({ phone }) => phone)).toEqual(['pau', 'ay', 'pau', 'n']);
  expect(phones.at(-1)?.endMs).toBeCloseTo(1_000);
  expect(phones[2]?.startMs).toBeCloseTo(500 / 1.01);
});

test('signs are spelled in English, foreign letters become Latin ones, inner stops go', () => {
  const words =
    'R&D grew 3.5% to €20 – e.g. in St. Louis, café Москва, 2010–2015 at x@example.com, 20°C. The U.S. won!';
  expect(fliteWords(words.split(' ')).filter(Boolean).join(' ')).toBe(
    'R and D grew 3.5% to 20 euros, for example, in St Louis, cafe Moskva, ' +
      '2010 to 2015 at x at example dot com, 20 degrees Celsius The U S won!',
  );
});

test('speaks numbers and abbreviations as words, each with its time', async () => {
  const scratch = await mkdtemp(path.join(os.tmpdir(), 'aura-flite-'));
  try {
    const voice = fliteVoiceFor({ language: 'en-US', gender: 'f', name: '' });
    if (!voice) throw new Error('flite has no voice');
    const words =
      'In 1984 Dr. Smith paid $3.5 million for 1,000,000 apples 🍏 and 3/4 of a pie.'.split(' ');
    const spoken = await fliteProvider(PROGRAMS).speak(
      { words, language: 'en-US', voice },
      { scratch },
    );
    const lengths = Object.fromEntries(
      words.map((word, index) => {
        const time = spoken.words[index];
        return [word, time ? time.endMs - time.startMs : 0];
      }),
    );
    expect(lengths['1984']).toBeGreaterThan(700);
    expect(lengths['Dr.']).toBeGreaterThan(200);
    expect(lengths['1,000,000']).toBeGreaterThan(500);
    expect(lengths['a']).toBeLessThan(150);
    expect(lengths['🍏']).toBe(0);
    expect(Object.values(lengths).filter((length) => length === 0)).toHaveLength(1);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
});
