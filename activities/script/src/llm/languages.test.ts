import { afterAll, beforeAll, expect, test } from 'vitest';
import { startVendor, type Vendor } from '@aura/vendors';
import { openStage, type Stage } from '../testing/asked-models.js';
import { PACE } from '../testing/scripts.js';
import { filmMs } from '../pace.js';

let vendor: Vendor;
let stage: Stage;
beforeAll(async () => {
  vendor = await startVendor('openai');
  stage = await openStage({
    openai: { key: vendor.key, baseUrl: `${vendor.url}/v1`, model: 'gpt-4o-mini' },
  });
});
afterAll(async () => {
  await stage.close();
  await vendor.close();
});

const LANGUAGES =
  'en-US de-DE fr-FR es-ES pt-BR it-IT pl-PL ru-RU uk-UA tr-TR ar-SA he-IL hi-IN zh-CN ja-JP ko-KR'.split(
    ' ',
  );

test.each(LANGUAGES)(
  'a film in %s is asked for and taken in its language and length',
  async (language) => {
    const before = vendor.requests().length;
    const script = await stage.write({ language, seconds: 60, text: TOPICS[language] ?? 'bees' });
    expect(script.language).toBe(language);
    const [request] = vendor.requests().slice(before);
    const name = new Intl.DisplayNames(['en'], { type: 'language' }).of(language) ?? '';
    expect(request?.text).toContain(`Language: ${language} (${name})`);
    expect(request?.text).toMatch(
      /^(?:zh|ja)/.test(language) ? /about \d+ characters/ : /about \d+ words/,
    );
    const share = filmMs(script.scenes, PACE, language) / 60_000;
    expect(share).toBeGreaterThan(0.8);
    expect(share).toBeLessThan(1.15);
    for (const { heading, keywords } of script.scenes) {
      expect(heading).not.toBe('');
      expect(keywords.length).toBeGreaterThan(0);
    }
  },
);

const TOPICS: Record<string, string> = {
  'de-DE': 'Bienen',
  'fr-FR': 'Les abeilles',
  'ja-JP': '蜜蜂',
};
