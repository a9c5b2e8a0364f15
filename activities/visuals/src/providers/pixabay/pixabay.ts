import { members, pixabayAccount, type Account, type Vendors } from '@aura/provider';
import { providerOf } from '../../pictures/picture-source.js';
import { sideIn } from '../../pictures/reply-members.js';
import { attributionOf, type StockPage, type StockPhoto } from '../../stock/stock-photo.js';
import { stockSource, type StockQuery } from '../../stock/stock-source.js';
import { PICTURES, type VisualsEntry, type VisualsSettings } from '../visuals-entry.js';

const NAME = 'pixabay';
const PER_PAGE = 200;
const REPLY_BYTES = 2 * 1024 * 1024;
export const FRESH_MS = 60 * 60_000;
/** Longer side of what an ordinary account may fetch. */
const LARGE_PX = 1_280;
const FULL_HD_PX = 1_920;

/** What searches may be made in, by the vendor's documentation. */
const LANGUAGES = new Set(
  'cs da de en es fr id it hu nl no pl pt ro sk fi sv tr vi th bg ru el ja ko zh'.split(' '),
);

/**
 * Photos of Pixabay. Free; where they come from is to be shown. The key travels in the address, so no address of a
 * search is ever told to anybody. Source: the vendor's API documentation, "Search Images".
 */
export const pixabay: VisualsEntry = {
  name: NAME,
  stage: 'visuals',
  kind: 'stock',
  runs: 'remote',
  gives: 'Photos by users of Pixabay, found by the scene’s keywords.',
  capabilities: { pictures: true, deterministic: true },
  settings: ['PIXABAY_API_KEY', 'PIXABAY_BASE_URL'],
  price: { kind: 'free' },
  limits: { concurrentCalls: 4, replyBytes: REPLY_BYTES },
  account,
  create: (settings, { vendors }) => {
    const own = account(settings);
    return providerOf(
      stockSource({
        name: NAME,
        title: 'Pixabay',
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
  source: 'Pixabay',
  site: 'pixabay.com',
  licence: 'Pixabay Content License',
  licenceUrl: 'https://pixabay.com/service/license-summary/',
};

/** The language of a search, where the vendor knows it. Pure. */
export function languageOf(bcp47: string): string | undefined {
  const language = bcp47.toLowerCase().split('-')[0] ?? '';
  return LANGUAGES.has(language) ? language : undefined;
}

export function account({ pixabay: settings = {} }: VisualsSettings): Account {
  return pixabayAccount(settings);
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
    path: '/api/',
    query: {
      q: words,
      lang: languageOf(look.language),
      image_type: 'photo',
      orientation: orientationOf(render),
      safesearch: true,
      per_page: PER_PAGE,
      page,
    },
    mediaTypes: ['application/json'],
    limits: { maxBytes: REPLY_BYTES },
    signal,
  });
  const { hits, totalHits } = members(reply.json());
  const list = Array.isArray(hits) ? hits : [];
  return { photos: list.flatMap(photoOf), isLast: page * PER_PAGE >= Number(totalHits ?? 0) };
}

function orientationOf({ widthPx, heightPx }: { widthPx: number; heightPx: number }): string {
  if (widthPx === heightPx) return 'all';
  return widthPx > heightPx ? 'horizontal' : 'vertical';
}

function photoOf(value: unknown): StockPhoto[] {
  const hit = members(value);
  const [widthPx, heightPx] = [sideIn(hit['imageWidth']), sideIn(hit['imageHeight'])];
  if (typeof hit['id'] !== 'number' || widthPx === 0 || heightPx === 0) return [];
  const within = (longestPx: number) => {
    const shrinking = Math.min(1, longestPx / Math.max(widthPx, heightPx));
    return { widthPx: Math.floor(widthPx * shrinking), heightPx: Math.floor(heightPx * shrinking) };
  };
  // The last two are given to accounts with full access only.
  const renditions = [
    { url: hit['largeImageURL'], ...within(LARGE_PX) },
    { url: hit['fullHDURL'], ...within(FULL_HD_PX) },
    { url: hit['imageURL'], widthPx, heightPx },
  ];
  return [
    {
      id: String(hit['id']),
      renditions: renditions.flatMap(({ url, ...size }) =>
        typeof url === 'string' ? [{ url, ...size }] : [],
      ),
      attribution: attributionOf(
        { author: hit['user'], authorUrl: authorUrl(hit), pageUrl: hit['pageURL'] },
        LICENCE,
      ),
    },
  ];
}

/** `https://pixabay.com/users/{name}-{id}/`, by the vendor's documentation. */
export function authorUrl({ user, user_id: id }: Record<string, unknown>): string {
  if (typeof user !== 'string' || typeof id !== 'number') return '';
  return `https://pixabay.com/users/${encodeURIComponent(user)}-${id}/`;
}
