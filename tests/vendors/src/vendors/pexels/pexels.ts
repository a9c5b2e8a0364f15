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

const HOUR_LIMIT = 25_000;
const MAX_PER_PAGE = 80;
const VIDEO_SIDES = [
  { quality: 'hd', longPx: 1280, shortPx: 720 },
  { quality: 'sd', longPx: 960, shortPx: 540 },
  { quality: 'sd', longPx: 640, shortPx: 360 },
];
const FPS = 25;

/**
 * Pexels: photos under /v1, clips under /videos, and the files that they link to (which the vendor keeps on
 * hosts of their own). Source: the vendor's API documentation: the key stands bare in Authorization, the
 * X-Ratelimit headers come with successful replies only. It documents statuses of errors but not their bodies.
 */
export function pexels({ key, options, origin }: VendorContext): VendorBehaviour {
  let left = options.requestsLeft ?? HOUR_LIMIT;
  const limited =
    (answer: (call: Call, query: StockQuery) => object) =>
    (call: Call): Reply => {
      const query = readQuery(call);
      if (left <= 0) throw new Refusal(failure(429, 'Too Many Requests'));
      left -= 1;
      call.charge({ model: 'search', usage: { requests: 1 }, costUsd: 0 });
      const headers = {
        'x-ratelimit-limit': String(HOUR_LIMIT),
        'x-ratelimit-remaining': String(left),
        'x-ratelimit-reset': String(Math.floor(Date.now() / 1000) + 3_600),
      };
      return { headers, body: answer(call, query) };
    };
  const photos = limited((call, query) => photoPage(call, query, origin()));
  const videos = limited((call, query) => videoPage(call, query, origin()));
  return {
    routes: [
      { method: 'GET', path: '/v1/search', handle: photos },
      { method: 'GET', path: '/v1/curated', handle: photos },
      { method: 'GET', path: '/videos/search', handle: videos },
      { method: 'GET', path: '/v1/videos/search', handle: videos },
      { method: 'GET', path: '/photos/{id}/{file}', handle: photoFile },
      { method: 'GET', path: '/video-files/{id}/{file}', handle: videoFile },
    ],
    authorize({ request }) {
      const isFile = /^\/(?:photos|video-files)\//u.test(request.path);
      if (isFile || request.headers['authorization'] === key) return;
      throw new Refusal(failure(401, 'Unauthorized'));
    },
    trouble: pexelsTrouble,
    notFound: () => failure(404, 'Not Found'),
  };
}

function readQuery({ request: { query, path } }: Call): StockQuery {
  const text = query['query'] ?? (path.endsWith('/curated') ? 'curated' : '');
  if (text.trim() === '') throw new Refusal(failure(400, 'Bad Request'));
  const { orientation } = query;
  if (orientation !== undefined && !['landscape', 'portrait', 'square'].includes(orientation)) {
    throw new Refusal(failure(400, 'Bad Request'));
  }
  return {
    text,
    page: Math.max(1, Number(query['page'] ?? 1) || 1),
    perPage: Math.min(MAX_PER_PAGE, Math.max(1, Number(query['per_page'] ?? 15) || 15)),
    orientation: orientation as Orientation | undefined,
  };
}

function photoPage(call: Call, query: StockQuery, origin: string): object {
  const { total, items } = searchStock(query);
  return {
    ...pageOf(call, query, total, origin),
    photos: items.map((item) => photoEntry(item, query.text, origin)),
  };
}

function videoPage(call: Call, query: StockQuery, origin: string): object {
  const { total, items } = searchStock({ ...query, text: `${query.text} clip` });
  const url = `https://www.pexels.com/search/videos/${encodeURIComponent(query.text)}/`;
  return {
    ...pageOf(call, query, total, origin),
    url,
    videos: items.map((item) => videoEntry(item, origin)),
  };
}

function pageOf(
  { request }: Call,
  { page, perPage }: StockQuery,
  total: number,
  origin: string,
): object {
  const next = new URL(request.url, origin);
  next.searchParams.set('page', String(page + 1));
  return {
    page,
    per_page: perPage,
    total_results: total,
    ...(page * perPage < total ? { next_page: next.href } : {}),
  };
}

function photoEntry(
  { id, author, authorId, widthPx, heightPx, tags }: StockItem,
  text: string,
  origin: string,
): object {
  const file = `${origin}/photos/${id}/pexels-photo-${id}-${widthPx}x${heightPx}.jpeg`;
  const small = `${file}?auto=compress&cs=tinysrgb`;
  return {
    id,
    width: widthPx,
    height: heightPx,
    url: `https://www.pexels.com/photo/${tags.join('-')}-${id}/`,
    photographer: author,
    photographer_url: `https://www.pexels.com/@${author.toLowerCase().replace(' ', '-')}`,
    photographer_id: authorId,
    avg_color: '#7A8C6E',
    src: {
      original: file,
      large2x: `${small}&dpr=2&h=650&w=940`,
      large: `${small}&h=650&w=940`,
      medium: `${small}&h=350`,
      small: `${small}&h=130`,
      portrait: `${small}&fit=crop&h=1200&w=800`,
      landscape: `${small}&fit=crop&h=627&w=1200`,
      tiny: `${small}&dpr=1&fit=crop&h=200&w=280`,
    },
    liked: false,
    alt: `${text}, with ${tags.slice(0, 2).join(' and ')}`,
  };
}

function videoEntry(
  { id, author, authorId, widthPx, heightPx, seconds, tags }: StockItem,
  origin: string,
): object {
  const isPortrait = heightPx > widthPx;
  const files = VIDEO_SIDES.map(({ quality, longPx, shortPx }, at) => {
    const [width, height] = isPortrait ? [shortPx, longPx] : [longPx, shortPx];
    return {
      id: id * 10 + at,
      quality,
      file_type: 'video/mp4',
      width,
      height,
      fps: FPS,
      link: `${origin}/video-files/${id}/${id}-${quality}_${width}_${height}_${FPS}fps-${seconds}s.mp4`,
    };
  });
  const picture = `${origin}/photos/${id}/pexels-photo-${id}-${widthPx}x${heightPx}.jpeg?auto=compress&cs=tinysrgb&h=350`;
  return {
    id,
    width: files[0]?.width,
    height: files[0]?.height,
    duration: seconds,
    full_res: null,
    tags: [],
    url: `https://www.pexels.com/video/${tags.join('-')}-${id}/`,
    image: picture,
    avg_color: null,
    user: {
      id: authorId,
      name: author,
      url: `https://www.pexels.com/@${author.toLowerCase().replace(' ', '-')}`,
    },
    video_files: files,
    video_pictures: [{ id: id * 10, nr: 0, picture }],
  };
}

/** A photo in the size that its address asks for: `w`, `h`, `dpr`, `fit=crop`. */
async function photoFile({ params, request: { query }, fault }: Call): Promise<Reply> {
  const [, width = '2400', height = '1600'] =
    /-(\d+)x(\d+)\.jpeg$/u.exec(params['file'] ?? '') ?? [];
  const [fullWidth, fullHeight] = [Number(width), Number(height)];
  const dpr = Number(query['dpr'] ?? 1);
  const wanted = {
    w: Number(query['w'] ?? Infinity) * dpr,
    h: Number(query['h'] ?? Infinity) * dpr,
  };
  const scale = Math.min(1, wanted.w / fullWidth, wanted.h / fullHeight);
  const isCropped = query['fit'] === 'crop';
  const body = await drawPicture({
    prompt: `stock photo ${params['id']}`,
    seed: 0,
    widthPx: isCropped ? wanted.w : Math.round(fullWidth * scale),
    heightPx: isCropped ? wanted.h : Math.round(fullHeight * scale),
    format: 'jpeg',
    fault,
  });
  return { headers: { 'content-type': 'image/jpeg' }, body };
}

async function videoFile({ params, fault }: Call): Promise<Reply> {
  const parts = /_(?<w>\d+)_(?<h>\d+)_(?<fps>\d+)fps-(?<s>\d+)s\.mp4$/u.exec(
    params['file'] ?? '',
  )?.groups;
  if (!parts) return failure(404, 'Not Found');
  const body = await makeClip({
    name: params['id'] ?? '',
    widthPx: Math.min(1920, Number(parts['w'])),
    heightPx: Math.min(1920, Number(parts['h'])),
    fps: Math.min(60, Number(parts['fps'])),
    seconds: Math.min(20, Number(parts['s'])),
    fault,
  });
  return { headers: { 'content-type': 'video/mp4', 'accept-ranges': 'bytes' }, body };
}

function failure(status: number, code: string): Reply {
  return { status, body: { status, code } };
}

function pexelsTrouble(trouble: Trouble): Reply {
  switch (trouble.kind) {
    case 'unauthorized':
      return failure(401, 'Unauthorized');
    case 'no-money':
      return failure(402, 'Payment Required');
    case 'rate-limit':
      return {
        ...failure(429, 'Too Many Requests'),
        headers: trouble.retryAfter === undefined ? {} : { 'retry-after': trouble.retryAfter },
      };
    case 'model-missing':
      return failure(404, 'Not Found');
    default:
      return {
        status: trouble.status,
        headers: { 'content-type': 'text/html; charset=UTF-8', server: 'cloudflare' },
        body: `<html><head><title>${trouble.status}: Error</title></head><body><center><h1>${trouble.status}</h1></center></body></html>`,
      };
  }
}
