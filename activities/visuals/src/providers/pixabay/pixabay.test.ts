import { expect, test } from 'vitest';
import { testFaults, withStage, type VendorCase } from '../../testing/vendor-faults.js';

const PIXABAY: VendorCase = {
  name: 'pixabay',
  settings: ({ url, key }) => ({ pixabay: { key, baseUrl: url } }),
  route: 'GET /api/',
  fileRoute: 'GET /get/*',
};
const ORDER = { provider: 'pixabay' } as const;

testFaults(PIXABAY);

test('a scene’s keywords are searched in one exact request, and the photo says whose it is', () =>
  withStage(PIXABAY, async (stage, vendor) => {
    const picture = await stage.illustrate({
      ...ORDER,
      aspect: '9:16',
      look: { language: 'de-DE' },
    });
    const [search, file, ...others] = vendor.requests();
    expect(others).toEqual([]);
    expect(search?.query).toEqual({
      key: vendor.key,
      q: 'water',
      lang: 'de',
      image_type: 'photo',
      orientation: 'vertical',
      safesearch: 'true',
      per_page: '200',
      page: '1',
    });
    expect(file?.url).not.toContain(vendor.key);
    expect(picture.attribution).toEqual({
      author: expect.stringMatching(/\S/),
      authorUrl: expect.stringMatching(/^https:\/\/pixabay\.com\/users\//),
      pageUrl: expect.stringMatching(/^https:\/\/pixabay\.com\/photos\//),
      licence: 'Pixabay Content License',
      licenceUrl: 'https://pixabay.com/service/license-summary/',
      source: 'Pixabay',
    });
  }));

test('the key in the address reaches no picture, no error, no report and no file of ours', () =>
  withStage(PIXABAY, async (stage, vendor) => {
    const said: unknown[] = [
      await stage.illustrate(ORDER),
      await stage.reports(),
      stage.vendors.health(),
    ];
    vendor.faults([{ kind: 'reset', when: 'before' }]);
    const failure = await stage.illustrate({ ...ORDER, take: 1 }).catch((error: unknown) => error);
    said.push(failure, String(failure), (failure as Error).stack, (failure as Error).cause);
    said.push(await stage.journalText());
    expect(JSON.stringify(said)).not.toContain(vendor.key);
  }));

test('a frame that its pictures are too small for is left to the next provider', () =>
  withStage(PIXABAY, async (stage) => {
    const large = stage.illustrate({ ...ORDER, size: [3_840, 2_160] });
    await expect(large).rejects.toMatchObject({
      code: 'RESOURCE_NOT_FOUND',
    });
  }));

test('scenes with the same keywords never show the same photo', () =>
  withStage(PIXABAY, async (stage) => {
    const scenes = Array.from({ length: 6 }, (_, index) => ({ ...ORDER, scene: { index } }));
    const pictures = await Promise.all(scenes.map((scene) => stage.illustrate(scene)));
    expect(new Set(pictures.map(({ attribution }) => attribution?.pageUrl)).size).toBe(6);
  }));
