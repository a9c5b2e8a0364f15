import { readFile } from 'node:fs/promises';
import { Failure } from '@aura/failure';
import { htmlText } from './html-text.js';
import { pdfLines } from './pdf-lines.js';
import { runningText } from './running-text.js';

/** Of one document; half of it would fill the longest film many times over. */
const MAX_CHARACTERS = 1_000_000;

/** Of a file: markup is longer than its text. */
const MAX_MARKUP = 2_000_000;

/** Bumped by hand whenever the same document would give other passages. */
export const DOCUMENT_RECIPE = 2;

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
      return runningText(await pdfLines(new Uint8Array(bytes), signal));
    case 'text/html':
      return htmlText(markupOf(bytes));
    case 'text/markdown':
      return plainMarkdown(markupOf(bytes));
    case 'text/plain':
      return markupOf(bytes).replaceAll(/\r\n?/g, '\n');
    default:
      throw new Failure('AssetInvalid', 'The document is of a kind that has no text.', {
        remediation: 'Give PDF, plain text, Markdown or HTML.',
      });
  }
}

function markupOf(bytes: Buffer): string {
  return bytes
    .subarray(0, 4 * MAX_MARKUP)
    .toString('utf8')
    .slice(0, MAX_MARKUP);
}

/** Every pattern is bounded, or ends with its line: a text that is built to take long takes no longer than another. */
function plainMarkdown(text: string): string {
  return text
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/^(```|~~~)[\s\S]*?^\1.*$/gm, '')
    .replaceAll(/^.*\n(?:=+|-+)[ \t]*$/gm, '')
    .replaceAll(/^ {0,3}#{1,6}(?: .*)?$/gm, '')
    .replaceAll(/^ {0,3}\|.*$/gm, '')
    .replaceAll(/^[ \t]{0,12}(?:[-*+]|\d{1,9}[.)])[ \t]{1,4}(?=\S)/gm, '\n')
    .replaceAll(/^ {0,3}> ?/gm, '')
    .replaceAll(/!\[[^\]\n]{0,300}\]\([^)\n]{0,500}\)/g, '')
    .replaceAll(/\[([^\]\n]{1,300})\]\([^)\n]{0,500}\)/g, '$1')
    .replaceAll(/(\*\*|__|`)(?=\S)([^\n]{1,300}?)(?<=\S)\1/g, '$2');
}
