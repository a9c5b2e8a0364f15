import { invalid } from './picture-invalid.js';
import { MAX_PICTURE_BYTES } from './fit-picture.js';

/** The bytes of a picture that came inside JSON, with or without the head of a data URL. Errors: PictureInvalid. */
export function base64Picture(text: unknown): Buffer {
  if (typeof text !== 'string') throw invalid('the reply holds no picture');
  const encoded = text.startsWith('data:') ? text.slice(text.indexOf(',') + 1) : text;
  if (encoded.length > (MAX_PICTURE_BYTES / 3) * 4 + 4) throw invalid('it is too large');
  return Buffer.from(encoded, 'base64');
}
