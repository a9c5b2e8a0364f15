import { makeClip } from '../../content/clip.js';
import { drawPicture } from '../../content/picture.js';
import {
  searchStock,
  type Orientation,
  type StockItem,
  type StockQuery,
} from '../../content/stock.js';
import {
  Refusal,
  type Call,
  type Reply,
  type Trouble,
  type VendorBehaviour,
  type VendorContext,
} from '../../server/call.js';

const MINUTE_LIMIT = 100;
const MAX_QUERY = 100;
const VIDEO_SIDES = {
  large: [1920, 1080],
  medium: [1280, 720],
  small: [960, 540],
  tiny: [640, 360],
} as const;
const FPS = 25;

/**
 * Pixabay: `GET /api/` for pictures, `GET /api/videos/` for clips, and the files that they link to. Source: the
 * vendor's API documentation, and replies that callers have kept: the key is the `key` of the query, every
 * error is plain text with its status in brackets, a wrong key is 400. The lengths of its files are in bytes.
 */
export function pixabay({ key, options, origin }: VendorContext): VendorBehaviour {
  let left = options.requestsLeft ?? MINUTE_LIMIT;
  const limited =
    (answer: (query: StockQuery) => object) =>
    (call: Call): Reply => {
      const { query } = call.request;
      if (query['key'] !== key) throw new Refusal(INVALID_KEY);
      const wanted = readQuery(query);
      if (left <= 0) throw new Refusal(text(429, 'API rate limit exceeded'));
      left -= 1;
      call.charge({ model: 'search', usage: { requests: 1 }, costUsd: 0 });
      const headers = {
        'x-ratelimit-limit': String(MINUTE_LIMIT),
        'x-ratelimit-remaining': String(left),
        'x-ratelimit-reset': '60',
      };
      return { headers, body: answer(wanted) };
    };
  return {
    routes: [
      { method: 'GET', path: '/api/', handle: limited((query) => picturePage(query, origin())) },
      {
        method: 'GET',
        path: '/api/videos/',
        handle: limited((query) => videoPage(query, origin())),
      },
      { method: 'GET', path: '/get/{file}', handle: pictureFile },
      { method: 'GET', path: '/video/{file}', handle: videoFile },
    ],
    trouble: pixabayTrouble,
    notFound: () => text(404, '[ERROR 404] Not Found'),
  };
}

/** Errors: Refusal that names the value out of range. */
function readQuery(query: Record<string, string>): StockQuery {
  const { q = '', page = '1', per_page: perPage = '20', orientation = 'all' } = query;
  if (q.length > MAX_QUERY) throw new Refusal(outOfRange('q'));
  if (!isBetween(perPage, 3, 200)) throw new Refusal(outOfRange('per_page'));
  if (!isBetween(page, 1, Math.ceil(500 / Number(perPage)))) throw new Refusal(outOfRange('page'));
  const forms: Readonly<Record<string, Orientation | undefined>> = {
    all: undefined,
    horizontal: 'landscape',
    vertical: 'portrait',
  };
  if (!(orientation in forms)) throw new Refusal(outOfRange('orientation'));
  if (!['all', 'photo', 'illustration', 'vector'].includes(query['image_type'] ?? 'all')) {
    throw new Refusal(outOfRange('image_type'));
  }
  return {
    text: q || 'popular',
    page: Number(page),
    perPage: Number(perPage),
    orientation: forms[orientation],
  };
}

function isBetween(value: string, least: number, most: number): boolean {
  return /^\d+$/u.test(value) && Number(value) >= least && Number(value) <= most;
}

function picturePage(query: StockQuery, origin: string): object {
  const { total, items } = searchStock(query);
  return {
    total: total * 10,
    totalHits: total,
    hits: items.map((item) => pictureEntry(item, origin)),
  };
}

function pictureEntry(item: StockItem, origin: string): object {
  const { id, widthPx, heightPx } = item;
  const inside = (longPx: number) => {
    const scale = longPx / Math.max(widthPx, heightPx);
    return [Math.round(widthPx * scale), Math.round(heightPx * scale)] as const;
  };
  const file = ([width, height]: readonly [number, number]) =>
    `${origin}/get/${id}_${width}x${height}.jpg`;
  const [preview, web, large] = [inside(150), inside(640), inside(1280)];
  return {
    id,
    pageURL: `https://pixabay.com/photos/${item.tags.join('-')}-${id}/`,
    type: 'photo',
    tags: item.tags.join(', '),
    previewURL: file(preview),
    previewWidth: preview[0],
    previewHeight: preview[1],
    webformatURL: file(web),
    webformatWidth: web[0],
    webformatHeight: web[1],
    largeImageURL: file(large),
    imageWidth: widthPx,
    imageHeight: heightPx,
    imageSize: widthPx * heightPx,
    ...popularity(item),
  };
}

function videoPage(query: StockQuery, origin: string): object {
  const { total, items } = searchStock({
    ...query,
    text: `${query.text} clip`,
    orientation: 'landscape',
  });
  return {
    total: total * 10,
    totalHits: total,
    hits: items.map((item) => videoEntry(item, origin)),
  };
}

function videoEntry(item: StockItem, origin: string): object {
  const { id, seconds } = item;
  const videos = Object.entries(VIDEO_SIDES).map(([name, [width, height]]) => [
    name,
    {
      url: `${origin}/video/${id}_${width}x${height}_${seconds}s_${name}.mp4`,
      width,
      height,
      size: Math.round((width * height * seconds) / 4),
      thumbnail: `${origin}/get/${id}_${width}x${height}.jpg`,
    },
  ]);
  return {
    id,
    pageURL: `https://pixabay.com/videos/id-${id}/`,
    type: 'film',
    tags: item.tags.join(', '),
    duration: seconds,
    videos: Object.fromEntries(videos) as object,
    ...popularity(item),
  };
}

function popularity({ id, author, authorId }: StockItem): object {
  return {
    views: id % 90_000,
    downloads: id % 40_000,
    collections: id % 900,
    likes: id % 700,
    comments: id % 90,
    user_id: authorId,
    user: author.replace(' ', ''),
    userImageURL: '',
  };
}

async function pictureFile({ params, fault }: Call): Promise<Reply> {
  const parts = /^(?<id>\d+)_(?<w>\d+)x(?<h>\d+)\.jpg$/u.exec(params['file'] ?? '')?.groups;
  if (!parts) return text(404, '[ERROR 404] Not Found');
  const body = await drawPicture({
    prompt: `stock photo ${parts['id']}`,
    seed: 0,
    widthPx: Math.min(4_000, Number(parts['w'])),
    heightPx: Math.min(4_000, Number(parts['h'])),
    format: 'jpeg',
    fault,
  });
  return { headers: { 'content-type': 'image/jpeg' }, body };
}

async function videoFile({ params, fault }: Call): Promise<Reply> {
  const parts = /^(?<id>\d+)_(?<w>\d+)x(?<h>\d+)_(?<s>\d+)s_/u.exec(params['file'] ?? '')?.groups;
  if (!parts) return text(404, '[ERROR 404] Not Found');
  const body = await makeClip({
    name: parts['id'] ?? '',
    widthPx: Math.min(1920, Number(parts['w'])),
    heightPx: Math.min(1080, Number(parts['h'])),
    seconds: Math.min(20, Number(parts['s'])),
    fault,
    fps: FPS,
  });
  return { headers: { 'content-type': 'video/mp4' }, body };
}

function text(status: number, body: string, headers: Record<string, string> = {}): Reply {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8', ...headers }, body };
}

function outOfRange(name: string): Reply {
  return text(400, `[ERROR 400] "${name}" is out of valid range.`);
}

const INVALID_KEY = text(
  400,
  '[ERROR 400] Invalid or missing API key (https://pixabay.com/api/docs/).',
);

function pixabayTrouble(trouble: Trouble): Reply {
  switch (trouble.kind) {
    case 'unauthorized':
      return INVALID_KEY;
    case 'no-money':
      return text(402, '[ERROR 402] Payment Required');
    case 'rate-limit':
      return text(
        429,
        'API rate limit exceeded',
        trouble.retryAfter === undefined ? {} : { 'retry-after': trouble.retryAfter },
      );
    case 'model-missing':
      return text(404, '[ERROR 404] Not Found');
    default:
      return text(trouble.status, `[ERROR ${trouble.status}] Something went wrong.`);
  }
}
