import { readFile } from 'node:fs/promises';
import { Failure } from '@aura/failure';
import { htmlText } from './html-text.js';
import { pdfText } from './pdf-text.js';

/** Of one document; half of it would fill the longest film many times over. */
const MAX_CHARACTERS = 1_000_000;

/** Bumped by hand whenever the same document would give other passages. */
export const DOCUMENT_RECIPE = 1;

/**
 * The running text of a document, in paragraphs that blank lines part. Headings are left out: they are no sentences.
 * Errors: AssetInvalid; the signal's reason on abort.
 */
export async function documentText(
  file: string,
  mediaType: string,
  signal: AbortSignal | undefined,
): Promise<string> {
  const bytes = await readFile(file);
  const text = await textOf(bytes, mediaType, signal);
  return text
    .slice(0, MAX_CHARACTERS)
    .normalize('NFC')
    .replaceAll(/(?![\n\t\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}]/gu, '');
}

async function textOf(
  bytes: Buffer,
  mediaType: string,
  signal: AbortSignal | undefined,
): Promise<string> {
  switch (mediaType) {
    case 'application/pdf':
      return unbroken(await pdfText(new Uint8Array(bytes), signal));
    case 'text/html':
      return htmlText(bytes.toString('utf8'));
    case 'text/markdown':
      return plainMarkdown(bytes.toString('utf8'));
    case 'text/plain':
      return bytes.toString('utf8').replaceAll(/\r\n?/g, '\n');
    default:
      throw new Failure('AssetInvalid', 'The document is of a kind that has no text.', {
        remediation: 'Give PDF, plain text, Markdown or HTML.',
      });
  }
}

/** Words that a line's end has parted are joined again. */
function unbroken(text: string): string {
  return text.replaceAll(/(\p{Ll})[-\u2010\u00ad]\n(?=\p{Ll})/gu, '$1');
}

function plainMarkdown(text: string): string {
  return text
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/^(```|~~~)[\s\S]*?^\1.*$/gm, '')
    .replaceAll(/^.*\n(?:=+|-+)[ \t]*$/gm, '')
    .replaceAll(/^ {0,3}#{1,6}(?: .*)?$/gm, '')
    .replaceAll(/^ {0,3}\|.*$/gm, '')
    .replaceAll(/^\s*(?:[-*+]|\d+[.)])\s+(?=\S)/gm, '\n')
    .replaceAll(/^ {0,3}> ?/gm, '')
    .replaceAll(/!\[[^\]\n]*\]\([^)\n]*\)/g, '')
    .replaceAll(/\[([^\]\n]+)\]\([^)\n]*\)/g, '$1')
    .replaceAll(/(\*\*|__|`)(?=\S)([^\n]+?)(?<=\S)\1/g, '$2');
}
