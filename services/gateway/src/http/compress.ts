import compression from 'compression';
import type { RequestHandler } from 'express';

/**
 * Compresses text answers above 1 KiB. Never event streams, whose messages would be held back, and never
 * films, which are compressed already and are served in ranges.
 */
export function compress(): RequestHandler {
  return compression({
    threshold: 1_024,
    filter: (_request, response) =>
      isCompressible(String(response.getHeader('Content-Type') ?? '')),
  });
}

export function isCompressible(contentType: string): boolean {
  const mediaType = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (mediaType === 'text/event-stream') return false;
  return (
    mediaType.startsWith('text/') || /^application\/(javascript|([\w.-]+\+)?json)$/.test(mediaType)
  );
}
