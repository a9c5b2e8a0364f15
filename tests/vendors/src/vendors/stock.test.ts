import { expect, test } from 'vitest';
import { ask, withVendor } from '../testing/kit.js';
import { differingBits, pictureFacts } from '../testing/picture-facts.js';

interface PexelsPhoto {
  id: number;
  photographer: string;
  width: number;
  height: number;
  src: Record<string, string>;
}

test('Pexels finds photos by text and form, page by page, and their files are real and different', () =>
  withVendor('pexels', async (vendor) => {
    const search = async (query: string) => {
      const reply = await ask(`${vendor.url}/v1/search?${query}`, {
        headers: { authorization: vendor.key },
      });
      return {
        reply,
        ...(reply.json() as { photos: PexelsPhoto[]; next_page?: string; total_results: number }),
      };
    };
    const {
      reply,
      photos,
      next_page: next,
    } = await search('query=bees&per_page=5&orientation=portrait');
    expect(photos).toHaveLength(5);
    expect(photos.every(({ width, height }) => height > width)).toBe(true);
    expect(reply.headers.get('x-ratelimit-remaining')).toBe('24999');
    expect(next).toContain('page=2');
    const files = await Promise.all(
      photos.slice(0, 2).map(({ src }) => ask(src['portrait'] ?? '')),
    );
    const [one, other] = await Promise.all(files.map(({ bytes }) => pictureFacts(bytes)));
    expect(one).toMatchObject({ format: 'jpeg', widthPx: 800, heightPx: 1200 });
    expect(differingBits(one?.hash ?? 0n, other?.hash ?? 0n)).toBeGreaterThan(4);
    expect((await search('query=bees&per_page=5&orientation=portrait')).photos).toEqual(photos);
    expect((await search('query=nosuchthing')).photos).toEqual([]);
    expect(vendor.bill()).toMatchObject({ accepted: 3, costUsd: 0 });
  }));

test('Pexels finds clips with files of several sizes that play', () =>
  withVendor('pexels', async (vendor) => {
    const reply = await ask(`${vendor.url}/videos/search?query=sea&per_page=1`, {
      headers: { authorization: vendor.key },
    });
    const { videos } = reply.json() as {
      videos: {
        duration: number;
        user: { name: string };
        video_files: { width: number; link: string }[];
      }[];
    };
    expect(videos[0]?.video_files.map(({ width }) => width)).toHaveLength(3);
    const file = await ask(videos[0]?.video_files.at(-1)?.link ?? '');
    expect(file.headers.get('content-type')).toBe('video/mp4');
    expect(file.bytes.subarray(4, 8).toString()).toBe('ftyp');
  }));

test('Pexels wants its key bare, and stops when the hour’s requests are used up', () =>
  withVendor(
    'pexels',
    async (vendor) => {
      const url = `${vendor.url}/v1/search?query=bees`;
      expect((await ask(url, { headers: { authorization: `Bearer ${vendor.key}` } })).status).toBe(
        401,
      );
      const headers = { authorization: vendor.key };
      expect((await ask(`${vendor.url}/v1/search`, { headers })).status).toBe(400);
      expect((await ask(url, { headers })).status).toBe(200);
      const last = await ask(url, { headers });
      expect([last.status, last.headers.get('x-ratelimit-remaining')]).toEqual([429, null]);
    },
    { requestsLeft: 1 },
  ));

test('Pixabay finds pictures and clips; its errors are plain text', () =>
  withVendor('pixabay', async (vendor) => {
    const key = `key=${vendor.key}`;
    const reply = await ask(
      `${vendor.url}/api/?${key}&q=yellow+flowers&orientation=horizontal&per_page=3`,
    );
    const { hits, totalHits } = reply.json() as {
      totalHits: number;
      hits: { webformatURL: string; user: string; webformatWidth: number }[];
    };
    expect([hits.length, totalHits, reply.headers.get('x-ratelimit-remaining')]).toEqual([
      3,
      240,
      '99',
    ]);
    const file = await ask(hits[0]?.webformatURL ?? '');
    expect((await pictureFacts(file.bytes)).widthPx).toBe(hits[0]?.webformatWidth);
    const clips = (await ask(`${vendor.url}/api/videos/?${key}&q=sea&per_page=3`)).json() as {
      hits: { videos: Record<string, { url: string }> }[];
    };
    const clip = await ask(clips.hits[0]?.videos['tiny']?.url ?? '');
    expect(clip.bytes.subarray(4, 8).toString()).toBe('ftyp');
    const wrong = await ask(`${vendor.url}/api/?key=1&q=a`);
    expect([wrong.status, wrong.text]).toEqual([
      400,
      '[ERROR 400] Invalid or missing API key (https://pixabay.com/api/docs/).',
    ]);
    const many = await ask(`${vendor.url}/api/?${key}&per_page=500`);
    expect([many.status, many.text]).toEqual([
      400,
      '[ERROR 400] "per_page" is out of valid range.',
    ]);
    expect(many.headers.get('content-type')).toContain('text/plain');
  }));
