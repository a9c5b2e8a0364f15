import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import sharp from 'sharp';
import { testFaults, withStage, type VendorCase } from '../../testing/vendor-faults.js';
import { visualsStage } from '../../testing/visuals-stage.js';
import { pexelsLocale } from './pexels-locale.js';

const PEXELS: VendorCase = {
  name: 'pexels',
  settings: ({ url, key }) => ({ pexels: { key, baseUrl: url } }),
  route: 'GET /v1/search',
  fileRoute: 'GET /photos/*',
};
const ORDER = { provider: 'pexels' } as const;

testFaults(PEXELS);

test('a scene’s keywords are searched in one exact request, and the photo says whose it is', () =>
  withStage(PEXELS, async (stage, vendor) => {
    const order = {
      ...ORDER,
      aspect: '16:9',
      scene: { keywords: ['River', 'delta (aerial)!', 'sea', 'salt'] },
    };
    const picture = await stage.illustrate(order);
    const [search, file, ...others] = vendor.requests();
    expect(others).toEqual([]);
    expect(search).toMatchObject({ method: 'GET', path: '/v1/search' });
    expect(search?.query).toEqual({
      query: 'river delta aerial sea',
      orientation: 'landscape',
      locale: 'en-US',
      per_page: '80',
      page: '1',
    });
    expect(search?.headers['authorization']).toBe(vendor.key);
    expect(file?.headers['authorization']).toBeUndefined();
    expect(picture.attribution).toEqual({
      author: expect.stringMatching(/\S/),
      authorUrl: expect.stringMatching(/^https:\/\/www\.pexels\.com\/@/),
      pageUrl: expect.stringMatching(/^https:\/\/www\.pexels\.com\/photo\//),
      licence: 'Pexels License',
      licenceUrl: 'https://www.pexels.com/license/',
      source: 'Pexels',
    });
    expect(picture.dhash).toMatch(/^[0-9a-f]{16}$/);
    const { width, height, format } = await sharp(await stage.bytesOf(picture)).metadata();
    expect({ width, height, format }).toEqual({ width: 512, height: 288, format: 'png' });
    expect(await stage.illustrate(order)).toEqual(picture);
    expect(vendor.requests()).toHaveLength(2);
    expect(await stage.journal.calls('v1')).toEqual([]);
  }));

test('scenes with the same keywords never show the same photo, and choose the same again elsewhere', () =>
  withStage(PEXELS, async (stage) => {
    const sceneCount = 12;
    const scenes = Array.from({ length: sceneCount }, (_, index) => ({
      ...ORDER,
      look: { sceneCount },
      scene: { index },
    }));
    const pictures = await Promise.all(scenes.map((scene) => stage.illustrate(scene)));
    expect(new Set(pictures.map(({ attribution }) => attribution?.pageUrl)).size).toBe(sceneCount);
    await withStage(PEXELS, async (other) => {
      const again = await other.illustrate(scenes[3]);
      expect(again.attribution?.pageUrl).toBe(pictures[3]?.attribution?.pageUrl);
    });
    const take = await stage.illustrate({ ...scenes[3], take: 1 });
    expect(take.attribution?.pageUrl).not.toBe(pictures[3]?.attribution?.pageUrl);
  }));

test('a photo that cannot be used gives way to the next', () =>
  withStage(PEXELS, async (stage, vendor) => {
    const order = { ...ORDER, look: { sceneCount: 2 } };
    vendor.faults([
      { kind: 'picture-bomb', route: 'GET /photos/*', calls: 1 },
      { kind: 'status', status: 404, route: 'GET /photos/*', calls: 2 },
    ]);
    expect((await stage.illustrate(order)).provider).toBe('pexels');
    expect(vendor.requests().filter(({ path }) => path.startsWith('/photos/'))).toHaveLength(3);
  }));

test.each(['endless-body', 'garbage', 'blank-picture'] as const)(
  'files that are all %s give no picture',
  (kind) =>
    withStage(PEXELS, async (stage, vendor) => {
      vendor.faults([{ kind, route: 'GET /photos/*' }]);
      await expect(stage.illustrate(ORDER)).rejects.toMatchObject({ code: 'PictureInvalid' });
      const files = vendor.requests().filter(({ path }) => path.startsWith('/photos/'));
      expect(files.length).toBeLessThanOrEqual(3);
    }),
);

test('an address in a reply that leads inside is never called', async () => {
  const inside = createServer((request, response) => response.end('secrets'));
  const visits: string[] = [];
  inside.on('request', ({ url = '' }) => visits.push(url));
  await new Promise<void>((resolve) => inside.listen(0, '127.0.0.1', resolve));
  const { port } = inside.address() as AddressInfo;
  const names = ['127.0.0.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]'];
  const photos = names.map((name, id) => ({
    id,
    width: 1_600,
    height: 1_000,
    url: '',
    photographer: 'A',
    photographer_url: '',
    src: { original: `http://${name}:${port}/a.jpeg`, large2x: `http://${name}:${port}/b.jpeg` },
  }));
  const vendor = createServer((request, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ photos }));
  });
  await new Promise<void>((resolve) => vendor.listen(0, '127.0.0.1', resolve));
  const baseUrl = `http://127.0.0.1:${(vendor.address() as AddressInfo).port}`;
  const stage = await visualsStage({ pexels: { key: 'k'.repeat(56), baseUrl } });
  try {
    const order = { ...ORDER, scene: { index: 0 }, look: { sceneCount: 1 } };
    await expect(stage.illustrate(order)).rejects.toMatchObject({ code: 'PictureInvalid' });
    expect(visits).toEqual([]);
  } finally {
    await stage.close();
    for (const server of [inside, vendor]) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  }
});

test('where nothing fits, it says for which words, in plain words, and is not asked again', () =>
  withStage(PEXELS, async (stage, vendor) => {
    const order = {
      ...ORDER,
      scene: { keywords: ['nothing here'] },
      // A banner: of every photo next to nothing would be seen.
      size: [4_000, 400] as [number, number],
    };
    await expect(stage.illustrate(order)).rejects.toMatchObject({
      code: 'RESOURCE_NOT_FOUND',
      message: 'Pexels has no fitting photo for “nothing here”.',
      retryable: false,
    });
    expect(vendor.requests().length).toBeLessThanOrEqual(4);
  }));

test('an account without searches left is passed over', () =>
  withStage(
    PEXELS,
    async (stage) => {
      await expect(stage.illustrate(ORDER)).rejects.toMatchObject({ code: 'RATE_LIMIT_EXCEEDED' });
    },
    { requestsLeft: 0 },
  ));

test('the report asks once for many, and says whether the key was taken', () =>
  withStage(PEXELS, async (stage, vendor) => {
    const own = async () => (await stage.reports()).find(({ name }) => name === 'pexels');
    expect(await own()).toMatchObject({
      usable: true,
      facts: { kind: 'stock', configured: true, remote: true },
    });
    await own();
    expect(vendor.requests()).toHaveLength(1);
  }));

test.each([
  ['en-US', 'en-US'],
  ['pt', 'pt-BR'],
  ['de-AT', 'de-DE'],
  ['zh-TW', 'zh-TW'],
  ['sw', undefined],
])('searches are made in the film’s language: %s', (language, locale) => {
  expect(pexelsLocale(language)).toBe(locale);
});
