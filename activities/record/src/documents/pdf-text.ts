import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { Failure } from '@aura/failure';

const require = createRequire(import.meta.url);

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
  const pages = [];
  for (let number = 1; number <= Math.min(pdf.numPages, workerData.maxPages); number += 1) {
    const { items } = await (await pdf.getPage(number)).getTextContent();
    pages.push(items.map((item) => (item.str || '') + (item.hasEOL ? '\\n' : '')).join(''));
  }
  parentPort.postMessage({ text: pages.join('\\n\\n') });
})().catch((error) => parentPort.postMessage({ error: String(error && error.message || error).slice(0, 500) }));
`;

/** The text of a PDF, page by page, lines as they are set. Errors: AssetInvalid; the signal's reason on abort. */
export async function pdfText(bytes: Uint8Array, signal: AbortSignal | undefined): Promise<string> {
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
    const { text, error } = await answerOf(worker, signal ? AbortSignal.any([signal, late]) : late);
    if (text === undefined) throw unreadable(error);
    return text;
  } catch (error) {
    signal?.throwIfAborted();
    throw error instanceof Failure ? error : unreadable(String(error));
  } finally {
    await worker.terminate();
  }
}

function answerOf(worker: Worker, signal: AbortSignal): Promise<{ text?: string; error?: string }> {
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
