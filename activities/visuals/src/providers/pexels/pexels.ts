import { members, pexelsAccount, type Account, type Vendors } from '@aura/provider';
import { providerOf } from '../../pictures/picture-source.js';
import { sideIn } from '../../pictures/reply-members.js';
import { attributionOf, type StockPage, type StockPhoto } from '../../stock/stock-photo.js';
import { stockSource, type StockQuery } from '../../stock/stock-source.js';
import { PICTURES, type VisualsEntry, type VisualsSettings } from '../visuals-entry.js';
import { pexelsLocale } from './pexels-locale.js';

const NAME = 'pexels';
const PER_PAGE = 80;
const REPLY_BYTES = 2 * 1024 * 1024;
/** The free account's searches are counted, and a probe is one. */
export const FRESH_MS = 60 * 60_000;

/**
 * Photos of Pexels. Free; author and page are to be shown. Source: the vendor's API documentation, "Search for
 * Photos" and "Guidelines".
 */
export const pexels: VisualsEntry = {
  name: NAME,
  stage: 'visuals',
  kind: 'stock',
  runs: 'remote',
  gives: 'Photos by photographers of Pexels, found by the scene’s keywords.',
  capabilities: { pictures: true, deterministic: true },
  settings: ['PEXELS_API_KEY', 'PEXELS_BASE_URL'],
  price: { kind: 'free' },
  limits: { concurrentCalls: 4, replyBytes: REPLY_BYTES },
  account,
  create: (settings, { vendors }) => {
    const own = account(settings);
    return providerOf(
      stockSource({
        name: NAME,
        title: 'Pexels',
        recipe: 2,
        account: own,
        search: (query, signal) => search(vendors, own, query, signal),
      }),
    );
  },
  reportOptions: () => ({ freshness: { wellMs: FRESH_MS } }),
};

/** Under which whatever stands there may be shown. */
export const LICENCE = {
  source: 'Pexels',
  site: 'pexels.com',
  licence: 'Pexels License',
  licenceUrl: 'https://www.pexels.com/license/',
};

export function account({ pexels: settings = {} }: VisualsSettings): Account {
  return pexelsAccount(settings);
}

async function search(
  vendors: Vendors,
  own: Account,
  { words, page, request: { look, render } }: StockQuery,
  signal: AbortSignal | undefined,
): Promise<StockPage> {
  const reply = await vendors.callVendor({
    account: own,
    endpoint: PICTURES,
    path: '/v1/search',
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
  const { photos, next_page: next } = members(reply.json());
  const list = Array.isArray(photos) ? photos : [];
  return { photos: list.flatMap(photoOf), isLast: list.length === 0 || typeof next !== 'string' };
}

export function orientationOf({
  widthPx,
  heightPx,
}: {
  widthPx: number;
  heightPx: number;
}): string {
  if (widthPx === heightPx) return 'square';
  return widthPx > heightPx ? 'landscape' : 'portrait';
}

/** `large2x` lies within 1880×1300, as its address says; the original is as large as width and height. */
function photoOf(value: unknown): StockPhoto[] {
  const photo = members(value);
  const { original, large2x } = members(photo['src']);
  const [widthPx, heightPx] = [sideIn(photo['width']), sideIn(photo['height'])];
  if (typeof photo['id'] !== 'number' || widthPx === 0 || heightPx === 0) return [];
  const shrinking = Math.min(1, 1_880 / widthPx, 1_300 / heightPx);
  const renditions = [
    {
      url: large2x,
      widthPx: Math.floor(widthPx * shrinking),
      heightPx: Math.floor(heightPx * shrinking),
    },
    { url: original, widthPx, heightPx },
  ];
  return [
    {
      id: String(photo['id']),
      renditions: renditions.flatMap(({ url, ...size }) =>
        typeof url === 'string' ? [{ url, ...size }] : [],
      ),
      attribution: attributionOf(
        {
          author: photo['photographer'],
          authorUrl: photo['photographer_url'],
          pageUrl: photo['url'],
        },
        LICENCE,
      ),
    },
  ];
}
