import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { Failure } from '@aura/failure';

const require = createRequire(import.meta.url);

export interface PdfLine {
  text: string;
  /** Of its letters, and from the bottom of its page, in points; 0 where it is empty. */
  size: number;
  y: number;
}

/** Longer ones are not read to their end. */
const MAX_PAGES = 300;
const WITHIN_MS = 60_000;
const HEAP_MB = 512;

/**
 * Runs in a thread of its own, as plain text since it is loaded by no bundler: whatever a hostile file does there, it
 * holds up no other work and fills no other memory.
 */
const READING = `
const { parentPort, workerData } = require('node:worker_threads');
(async () => {
  const { getDocumentProxy } = require(workerData.library);
  const pdf = await getDocumentProxy(workerData.bytes, { isEvalSupported: false, useSystemFonts: false });
  const lines = [];
  for (let number = 1; number <= Math.min(pdf.numPages, workerData.maxPages); number += 1) {
    const { items } = await (await pdf.getPage(number)).getTextContent();
    let line = { text: '', size: 0, y: 0 };
    for (const { str = '', height = 0, transform = [], hasEOL } of items) {
      line.text += str;
      if (str.trim() !== '') Object.assign(line, { size: Math.max(line.size, height), y: transform[5] });
      if (!hasEOL) continue;
      lines.push(line);
      line = { text: '', size: 0, y: 0 };
    }
    lines.push(line, { text: '', size: 0, y: 0 });
  }
  parentPort.postMessage({ lines });
})().catch((error) => parentPort.postMessage({ error: String(error && error.message || error).slice(0, 500) }));
`;

/** The lines of a PDF, page by page, as they are set; pages end with an empty one. Errors: AssetInvalid; the signal's reason on abort. */
export async function pdfLines(
  bytes: Uint8Array,
  signal: AbortSignal | undefined,
): Promise<PdfLine[]> {
  const worker = new Worker(READING, {
    eval: true,
    workerData: { library: require.resolve('unpdf'), bytes, maxPages: MAX_PAGES },
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
    stdout: true,
    stderr: true,
    env: {},
    execArgv: [],
  });
  const late = AbortSignal.timeout(WITHIN_MS);
  try {
    const { lines, error } = await answerOf(
      worker,
      signal ? AbortSignal.any([signal, late]) : late,
    );
    if (!lines) throw unreadable(error);
    return lines;
  } catch (error) {
    signal?.throwIfAborted();
    throw error instanceof Failure ? error : unreadable(String(error));
  } finally {
    await worker.terminate();
  }
}

function answerOf(
  worker: Worker,
  signal: AbortSignal,
): Promise<{ lines?: PdfLine[]; error?: string }> {
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('the reader has ended')));
    signal.addEventListener('abort', () => reject(new Error('it took too long')), { once: true });
  });
}

function unreadable(details = ''): Failure {
  return new Failure('AssetInvalid', 'The PDF cannot be read.', {
    details,
    remediation: 'Save it anew without a password, or give its text.',
  });
}
