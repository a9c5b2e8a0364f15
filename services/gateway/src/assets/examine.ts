import { createReadStream } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { Failure } from '@aura/failure';
import { MAX_PICTURE_BYTES, MAX_PIXELS } from '@aura/media';
import { HEAD_BYTES, mediaKindOf, textKindOf, type MediaKind } from './media-kind.js';
import { pictureSizeOf, type PictureSize } from './picture-head.js';

/** Longer ones hold more than any film can tell. */
const MAX_DOCUMENT_BYTES = 20 * 1_024 * 1_024;

export interface Examined extends MediaKind {
  size?: PictureSize | undefined;
}

/**
 * What an uploaded file is, by its content. Nothing is decoded here: what a picture or a film holds is found out where
 * it is used, behind limits. Errors: AssetRefused, AssetInvalid.
 */
export async function examine(
  file: string,
  { sentAs, fileName, bytes }: { sentAs: string; fileName: string; bytes: number },
): Promise<Examined> {
  if (bytes === 0) throw invalid('The file is empty.', 'Upload a file that has content.');
  const handle = await open(file, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    const head = buffer.subarray(0, bytesRead);
    const found = mediaKindOf(head);
    if (!found) throw refused();
    const told = found === 'text' ? await examineText(file, { head, sentAs, fileName }) : found;
    if (told.kind === 'document' && bytes > MAX_DOCUMENT_BYTES) throw tooLarge(MAX_DOCUMENT_BYTES);
    if (told.kind !== 'picture') return told;
    return { ...told, size: await examinePicture(handle, told.mediaType, bytes) };
  } finally {
    await handle.close();
  }
}

async function examineText(
  file: string,
  { head, sentAs, fileName }: { head: Buffer; sentAs: string; fileName: string },
): Promise<MediaKind> {
  const told = textKindOf(head.toString('utf8'), sentAs, fileName);
  if (!told) throw refused();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let hasWords = false;
  try {
    for await (const chunk of createReadStream(file)) {
      const text = decoder.decode(chunk as Buffer, { stream: true });
      if (text.includes('\0')) throw refused();
      hasWords ||= /[\p{L}\p{N}]/u.test(text);
    }
    decoder.decode();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_ENCODING_INVALID_ENCODED_DATA') throw error;
    throw invalid('The text is not UTF-8.', 'Save it as UTF-8 and upload it again.');
  }
  if (!hasWords) throw invalid('The text holds no words.', 'Upload a text that says something.');
  return told;
}

async function examinePicture(
  handle: FileHandle,
  mediaType: string,
  bytes: number,
): Promise<PictureSize> {
  if (bytes > MAX_PICTURE_BYTES) throw tooLarge(MAX_PICTURE_BYTES);
  const size = await pictureSizeOf(handle, mediaType);
  if (!size) throw invalid('The picture is damaged.', 'Save it anew and upload it again.');
  if (size.widthPx * size.heightPx > MAX_PIXELS) {
    const most = `${Math.floor(MAX_PIXELS / 1_000_000)} million pixels`;
    throw invalid(
      `The picture has ${size.widthPx}×${size.heightPx} pixels; ${most} are the most.`,
      'Save it smaller and upload it again.',
    );
  }
  return size;
}

function refused(): Failure {
  return new Failure('AssetRefused', 'The file is none of the kinds that can be uploaded.');
}

function invalid(message: string, remediation: string): Failure {
  return new Failure('AssetInvalid', message, { remediation });
}

function tooLarge(most: number): Failure {
  return new Failure('PayloadTooLarge', `A file of this kind may have ${most} bytes.`, {
    remediation: 'Upload a smaller file.',
  });
}
