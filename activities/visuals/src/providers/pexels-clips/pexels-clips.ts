import { members, type Account, type Vendors } from '@aura/provider';
import { sideIn } from '../../pictures/reply-members.js';
import { isUsableLength, stockClips } from '../../stock/stock-clips.js';
import { attributionOf, type StockPage, type StockPhoto } from '../../stock/stock-photo.js';
import type { StockQuery } from '../../stock/stock-source.js';
import { account, FRESH_MS, LICENCE, orientationOf } from '../pexels/pexels.js';
import { pexelsLocale } from '../pexels/pexels-locale.js';
import { PICTURES, PROGRAMS, type VisualsEntry } from '../visuals-entry.js';

const NAME = 'pexels-clips';
const PER_PAGE = 80;
const REPLY_BYTES = 4 * 1024 * 1024;

/**
 * Clips of Pexels. Free; author and page are to be shown. Source: the vendor's API documentation, "Search for
 * Videos" and "Guidelines".
 */
export const pexelsClips: VisualsEntry = {
  name: NAME,
  stage: 'visuals',
  kind: 'stock-clips',
  runs: 'remote',
  gives: 'Clips by users of Pexels, found by the scene’s keywords.',
  capabilities: { pictures: true, deterministic: true },
  settings: ['PEXELS_API_KEY', 'PEXELS_BASE_URL'],
  price: { kind: 'free' },
  limits: { concurrentCalls: 4, replyBytes: REPLY_BYTES },
  account,
  create: (settings, { vendors, programs = PROGRAMS }) => {
    const own = account(settings);
    return stockClips(
      {
        name: NAME,
        title: 'Pexels',
        recipe: 1,
        account: own,
        search: (query, signal) => search(vendors, own, query, signal),
      },
      programs,
    );
  },
  reportOptions: () => ({ freshness: { wellMs: FRESH_MS } }),
};

async function search(
  vendors: Vendors,
  own: Account,
  { words, page, request: { look, render } }: StockQuery,
  signal: AbortSignal | undefined,
): Promise<StockPage> {
  const reply = await vendors.callVendor({
    account: own,
    endpoint: PICTURES,
    path: '/videos/search',
    query: {
      query: words,
      orientation: orientationOf(render),
      locale: pexelsLocale(look.language),
      per_page: PER_PAGE,
      page,
    },
    mediaTypes: ['application/json'],
    limits: { maxBytes: REPLY_BYTES },
    signal,
  });
  const { videos, next_page: next } = members(reply.json());
  const list = Array.isArray(videos) ? videos : [];
  return { photos: list.flatMap(clipOf), isLast: list.length === 0 || typeof next !== 'string' };
}

function clipOf(value: unknown): StockPhoto[] {
  const { id, duration, url, user, video_files: files } = members(value);
  if (typeof id !== 'number' || !isUsableLength(duration) || !Array.isArray(files)) return [];
  const renditions = files.map(members).flatMap(({ file_type: type, link, width, height }) => {
    if (type !== 'video/mp4' || typeof link !== 'string') return [];
    return [{ url: link, widthPx: sideIn(width), heightPx: sideIn(height) }];
  });
  const { name, url: authorUrl } = members(user);
  const said = { author: name, authorUrl, pageUrl: url };
  return [{ id: String(id), renditions, attribution: attributionOf(said, LICENCE) }];
}
