import type { OpenAPIObject } from '@nestjs/swagger';
import { authorisationPage } from '../guard/authorisation-page.js';
import { openApiText } from './openapi-text.js';

/** docs/authorisation.md as it is committed, before it is formatted. */
export async function authorisationText(): Promise<string> {
  return authorisationPage(JSON.parse(await openApiText()) as OpenAPIObject);
}
