import path from 'node:path';

/** The folder that holds package.json, whether we run from src or from dist. */
export const CHECKOUT = path.resolve(import.meta.dirname, '../../..');
