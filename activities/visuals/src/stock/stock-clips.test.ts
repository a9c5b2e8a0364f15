import { expect, test } from 'vitest';
import { probe } from '@aura/media';
import { withStage, type VendorCase } from '../testing/vendor-faults.js';

const PEXELS: VendorCase = {
  name: 'pexels',
  settings: ({ url, key }) => ({ pexels: { key, baseUrl: url } }),
  route: 'GET /videos/search',
  fileRoute: 'GET /video-files/*',
};
const PIXABAY: VendorCase = {
  name: 'pixabay',
  settings: ({ url, key }) => ({ pixabay: { key, baseUrl: url } }),
  route: 'GET /api/videos/',
  fileRoute: 'GET /video/*',
};
const ORDER = { aspect: '16:9', scene: { keywords: ['River', 'delta'] } };

test('a clip of Pexels is found in one exact request, says whose it is, and is no larger than needed', () =>
  withStage(PEXELS, async (stage, vendor) => {
    const order = { ...ORDER, provider: 'pexels-clips' };
    const picture = await stage.illustrate(order);
    const [search, file, ...others] = vendor.requests();
    expect(others).toEqual([]);
    expect(search?.path).toBe('/videos/search');
    expect(search?.query).toEqual({
      query: 'river delta',
      orientation: 'landscape',
      locale: 'en-US',
      per_page: '80',
      page: '1',
    });
    expect(search?.headers['authorization']).toBe(vendor.key);
    expect(file?.headers['authorization']).toBeUndefined();
    expect(file?.path).toContain('_640_360_');
    expect(picture).toMatchObject({
      provider: 'pexels-clips',
      dhash: expect.stringMatching(/^[0-9a-f]{16}$/),
      clip: { fromMs: 0, speed: 1, loop: true },
      attribution: {
        author: expect.stringMatching(/\S/),
        authorUrl: expect.stringMatching(/^https:\/\/www\.pexels\.com\/@/),
        pageUrl: expect.stringMatching(/^https:\/\/www\.pexels\.com\/video\//),
        licence: 'Pexels License',
        source: 'Pexels',
      },
    });
    const clip = await stage.store.localPath(picture.clip!.video);
    const { streams } = await probe('ffprobe', { file: clip, demuxer: 'mov', codecs: ['h264'] });
    expect(streams).toMatchObject([{ codec: 'h264', widthPx: 456, heightPx: 258 }]);
    expect(await stage.illustrate(order)).toEqual(picture);
    expect(vendor.requests()).toHaveLength(2);
  }));

test('a clip of Pixabay is found in one exact request, and its key stays on the wire', () =>
  withStage(PIXABAY, async (stage, vendor) => {
    const picture = await stage.illustrate({ ...ORDER, provider: 'pixabay-clips' });
    const [search, file] = vendor.requests();
    expect(search?.query).toEqual({
      key: vendor.key,
      q: 'river delta',
      lang: 'en',
      video_type: 'film',
      safesearch: 'true',
      per_page: '200',
      page: '1',
    });
    expect(file?.url).not.toContain(vendor.key);
    expect(picture.attribution).toMatchObject({ licence: 'Pixabay Content License' });
    expect(picture.attribution?.pageUrl).toMatch(/^https:\/\/pixabay\.com\/videos\//);
    expect(JSON.stringify([picture, await stage.journalText()])).not.toContain(vendor.key);
    // Clips that lie on their side would show next to nothing in a film that stands.
    await expect(
      stage.illustrate({ ...ORDER, aspect: '9:16', provider: 'pixabay-clips' }),
    ).rejects.toMatchObject({
      code: 'RESOURCE_NOT_FOUND',
      message: 'Pixabay has no fitting clip for “river delta”.',
    });
  }));

test('scenes of one film begin with different clips, and another take with another', () =>
  withStage(PEXELS, async (stage) => {
    const pages = [];
    for (const [index, take] of [[0], [1], [0, 1]] as const) {
      const scene = { ...ORDER.scene, index };
      const order = { ...ORDER, provider: 'pexels-clips', look: { sceneCount: 2 }, scene };
      const { attribution } = await stage.illustrate(take ? { ...order, take } : order);
      pages.push(attribution?.pageUrl);
    }
    expect(new Set(pages).size).toBe(3);
  }));

test('a clip that cannot be used gives way to the next, and where all are spoilt nothing is published', () =>
  withStage(PEXELS, async (stage, vendor) => {
    const files = () => vendor.requests().filter(({ path }) => path.startsWith('/video-files/'));
    vendor.faults([{ kind: 'garbage', route: PEXELS.fileRoute!, calls: 1 }]);
    const picture = await stage.illustrate({ ...ORDER, provider: 'pexels-clips' });
    expect([picture.provider, files().length]).toEqual(['pexels-clips', 2]);
    for (const [fault, code] of [
      [{ kind: 'garbage' }, 'PictureInvalid'],
      [{ kind: 'html' }, 'PictureInvalid'],
      [{ kind: 'picture-bomb' }, 'PictureInvalid'],
      [{ kind: 'blank-picture' }, 'PictureInvalid'],
      [{ kind: 'status', status: 404 }, 'PictureInvalid'],
      [{ kind: 'reset', when: 'inside' }, 'TransientNetworkFailure'],
    ] as const) {
      vendor.reset();
      vendor.faults([{ ...fault, route: PEXELS.fileRoute! }]);
      const order = { ...ORDER, provider: 'pexels-clips', look: { title: 'Other rivers' } };
      await expect(stage.illustrate(order)).rejects.toMatchObject({ code });
      expect(files().length).toBeLessThanOrEqual(2);
    }
  }));

test.each([
  ['pexels-clips', PEXELS],
  ['pixabay-clips', PIXABAY],
] as const)('what the search of %s does wrong has its code', (provider, given) =>
  withStage(given, async (stage, vendor) => {
    for (const [fault, code] of [
      [{ kind: 'rate-limit', retryAfter: '2' }, 'RATE_LIMIT_EXCEEDED'],
      [{ kind: 'unauthorized' }, 'AUTH_FAILED'],
      [{ kind: 'status', status: 503 }, 'API_ERROR'],
      [{ kind: 'deep-json' }, 'API_ERROR'],
      [{ kind: 'odd-shape' }, 'RESOURCE_NOT_FOUND'],
    ] as const) {
      vendor.reset();
      vendor.faults([{ ...fault, route: given.route }]);
      const failure = await stage.illustrate({ ...ORDER, provider }).catch((error: Error) => error);
      expect(failure).toMatchObject({ code });
      expect(JSON.stringify([failure, (failure as Error).stack])).not.toContain(vendor.key);
    }
  }),
);
