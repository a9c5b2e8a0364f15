import { expect, test } from 'vitest';
import { fontsOfLines } from './drawn-fonts.js';

const how = { language: 'en-US', fontsFolder: undefined };

test('lines of one script have the same fonts, those of another have others', async () => {
  const bees = await fontsOfLines(['Bees'], how);
  expect(await fontsOfLines(['Honey', 'wax'], how)).toBe(bees);
  expect(await fontsOfLines(['蜜蜂'], how)).not.toBe(bees);
});
