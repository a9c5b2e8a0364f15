import { afterAll } from 'vitest';
import { stopPlainStack } from './harness/index.js';
import './films/happy-path.js';
import './films/approvals.js';
import './films/jobs.js';
import './films/edits.js';
import './films/own-script.js';
import './films/own-cut.js';
import './films/documents.js';
import './films/few-languages.js';
import './films/ten-at-once.js';
import './films/pages.js';
import './films/forgotten.js';

/** All that leaves its stack as it was, on one of them: starting one costs as much as two films. */
afterAll(stopPlainStack, 60_000);
