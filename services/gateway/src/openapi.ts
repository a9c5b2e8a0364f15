import { writeFile } from 'node:fs/promises';
import { openApiText } from './docs/openapi-text.js';

/** `node services/gateway/dist/openapi.js` writes services/gateway/openapi.json. Needs no server. */
await writeFile(new URL('../openapi.json', import.meta.url), await openApiText());
