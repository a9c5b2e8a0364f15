import { NestFactory } from '@nestjs/core';
import { GatewayModule } from '../gateway.module.js';
import { describeRoutes, withoutAliases } from './document.js';

/** The published OpenAPI document as it is committed. Nothing is instantiated or connected for it. */
export async function openApiText(): Promise<string> {
  const app = await NestFactory.create(GatewayModule.routesOnly(), {
    preview: true,
    logger: false,
    abortOnError: false,
  });
  const document = withoutAliases(describeRoutes(app));
  await app.close();
  return `${JSON.stringify(document, null, 2)}\n`;
}
