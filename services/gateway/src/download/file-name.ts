import { extensionOf } from '@aura/proto';

/** A name for a file that was stored without one. */
export function fileTitle(jobId: string, mediaType: string): string {
  return `${jobId}.${extensionOf(mediaType) ?? 'bin'}`;
}

/**
 * A Content-Disposition that saves the file, whatever stands in its name: a plain ASCII name for old
 * clients, and the whole one in the encoding of RFC 8187.
 */
export function attachment(fileName: string): string {
  const name = safeName(fileName);
  const ascii = name
    .normalize('NFKD')
    .replaceAll(/[^\x20-\x7e]/g, '')
    .replaceAll(/["\\%]/g, '')
    .trim();
  const plain = /^[^.]/.test(ascii) ? ascii : `video${ascii}`;
  return `attachment; filename="${plain}"; filename*=UTF-8''${encodeRfc8187(name)}`;
}

/** No folders, no control or formatting characters, no name that is hidden or longer than file systems take. */
export function safeName(fileName: string, unnamed = 'video'): string {
  const clean = fileName
    .replaceAll(/[/\\:*?"<>|]/g, ' ')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '')
    .replaceAll(/\s+/g, ' ')
    .replace(/^[. ]+/, '')
    .trim();
  const dot = clean.lastIndexOf('.');
  const [stem, extension] = dot > 0 ? [clean.slice(0, dot), clean.slice(dot)] : [clean, ''];
  const short = Array.from(stem).slice(0, 80).join('').trim();
  return short === '' ? `${unnamed}${extension}` : `${short}${extension.slice(0, 10)}`;
}

function encodeRfc8187(name: string): string {
  return encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
