import { afterAll } from 'vitest';
import './providers/paid-films.js';
import './providers/chain-films.js';
import './providers/canary.js';
import { stopVendorStack } from './providers/vendor-stack.js';

/** Films by vendors that speak their true protocols on this machine, all on one stack; last, what is left of their keys. */
afterAll(stopVendorStack, 60_000);
