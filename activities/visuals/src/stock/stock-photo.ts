import type { Attribution } from '@aura/proto';
import { cleanText, shorten } from '@aura/drawing';
import type { PictureSize } from '../pictures/picture-size.js';

/** A photo that a search has found. */
export interface StockPhoto {
  /** The vendor's own, unique there. */
  id: string;
  /** The same picture in several sizes, uncut. */
  renditions: readonly Rendition[];
  attribution: Attribution;
}

export interface Rendition extends PictureSize {
  url: string;
}

/** What one search gave. */
export interface StockPage {
  photos: StockPhoto[];
  /** No further page has any. */
  isLast: boolean;
}

const MAX_NAME = 120;
const MAX_URL = 500;

/** Who took a photo and where it stands, from a vendor's reply: texts of others, cleaned, and links to the vendor only. */
export function attributionOf(
  said: { author: unknown; authorUrl: unknown; pageUrl: unknown },
  vendor: { source: string; site: string; licence: string; licenceUrl: string },
): Attribution {
  const { source, site, licence, licenceUrl } = vendor;
  const author = typeof said.author === 'string' ? shorten(cleanText(said.author), MAX_NAME) : '';
  return {
    author: author === '' ? source : author,
    authorUrl: linkTo(site, said.authorUrl),
    pageUrl: linkTo(site, said.pageUrl),
    licence,
    licenceUrl,
    source,
  };
}

/** Links are shown to people: none that leads elsewhere. */
function linkTo(site: string, url: unknown): string {
  if (typeof url !== 'string' || url.length > MAX_URL || !URL.canParse(url)) return '';
  const { protocol, hostname, username, href } = new URL(url);
  const isTheirs = hostname === site || hostname.endsWith(`.${site}`);
  return protocol === 'https:' && isTheirs && username === '' ? href : '';
}
