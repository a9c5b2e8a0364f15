import { members, type Account, type Vendors } from '@aura/provider';
import { sideIn } from '../../pictures/reply-members.js';
import { isUsableLength, stockClips } from '../../stock/stock-clips.js';
import { attributionOf, type StockPage, type StockPhoto } from '../../stock/stock-photo.js';
import type { StockQuery } from '../../stock/stock-source.js';
import { account, FRESH_MS, authorUrl, languageOf, LICENCE } from '../pixabay/pixabay.js';
import { PICTURES, PROGRAMS, type VisualsEntry } from '../visuals-entry.js';

const NAME = 'pixabay-clips';
const PER_PAGE = 200;
const REPLY_BYTES = 2 * 1024 * 1024;

/**
 * Clips of Pixabay. Free; where they come from is to be shown. The key travels in the address, so no address of a
 * search is ever told to anybody. Source: the vendor's API documentation, "Search Videos".
 */
export const pixabayClips: VisualsEntry = {
  name: NAME,
  stage: 'visuals',
  kind: 'stock-clips',
  runs: 'remote',
  gives: 'Clips by users of Pixabay, found by the scene’s keywords.',
  capabilities: { pictures: true, deterministic: true },
  settings: ['PIXABAY_API_KEY', 'PIXABAY_BASE_URL'],
  price: { kind: 'free' },
  limits: { concurrentCalls: 4, replyBytes: REPLY_BYTES },
  account,
  create: (settings, { vendors, programs = PROGRAMS }) => {
    const own = account(settings);
    return stockClips(
      {
        name: NAME,
        title: 'Pixabay',
        recipe: 1,
        account: own,
        search: (query, signal) => search(vendors, own, query, signal),
      },
      programs,
    );
  },
  reportOptions: () => ({ freshness: { wellMs: FRESH_MS } }),
};

/** Clips cannot be asked for by their shape: those of another one are left out afterwards. */
async function search(
  vendors: Vendors,
  own: Account,
  { words, page, request: { look } }: StockQuery,
  signal: AbortSignal | undefined,
): Promise<StockPage> {
  const reply = await vendors.callVendor({
    account: own,
    endpoint: PICTURES,
    path: '/api/videos/',
    query: {
      q: words,
      lang: languageOf(look.language),
      video_type: 'film',
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
  return { photos: list.flatMap(clipOf), isLast: page * PER_PAGE >= Number(totalHits ?? 0) };
}

/** Sizes that there are none of have an empty address. */
function clipOf(value: unknown): StockPhoto[] {
  const hit = members(value);
  const { id, duration, videos } = hit;
  if (typeof id !== 'number' || !isUsableLength(duration)) return [];
  const renditions = Object.values(members(videos))
    .map(members)
    .flatMap(({ url, width, height }) => {
      if (typeof url !== 'string' || url === '') return [];
      return [{ url, widthPx: sideIn(width), heightPx: sideIn(height) }];
    });
  const said = { author: hit['user'], authorUrl: authorUrl(hit), pageUrl: hit['pageURL'] };
  return [{ id: String(id), renditions, attribution: attributionOf(said, LICENCE) }];
}
