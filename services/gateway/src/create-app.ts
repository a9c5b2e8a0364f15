import { StandardSchemaValidationPipe, type DynamicModule, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { SwaggerModule } from '@nestjs/swagger';
import type { Log } from '@aura/telemetry';
import type { AuditLog } from './audit/audit-log.js';
import { audited } from './audit/audited.js';
import { describeRoutes, withoutAliases } from './docs/document.js';
import { access, inCallersName, type AccessSettings } from './guard/access.js';
import { RoleGuard } from './guard/role-guard.js';
import { bodyInTime } from './http/body-time.js';
import { compress } from './http/compress.js';
import { correlate } from './http/correlation.js';
import { hasReadableBody, jsonBody, jsonOnly } from './http/json-body.js';
import { requestLog } from './http/request-log.js';
import { RouteTable } from './http/route-table.js';
import { securityHeaders } from './http/security-headers.js';
import { nestLog } from './http/nest-log.js';
import { invalidInput } from './problem/invalid-input.js';
import { ProblemFilter } from './problem/problem.filter.js';

export interface AppOptions {
  log: Log;
  access: AccessSettings;
  auditLog: Pick<AuditLog, 'add'>;
  bodyLimitBytes: number;
}

/** The HTTP application, not listening yet. The order of what stands before the routes is the order of this list. */
export async function createApp(
  module: DynamicModule | Type,
  { log, access: whoMay, auditLog, bodyLimitBytes }: AppOptions,
): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(module, {
    bodyParser: false,
    logger: nestLog(log),
    abortOnError: false,
  });
  const routes = new RouteTable();
  app.set('etag', false);
  app.set('query parser', 'simple');
  app.use(correlate, requestLog(log), bodyInTime, securityHeaders(), compress());
  app.use(access(whoMay), audited(auditLog), jsonOnly);
  app.useBodyParser('raw', { limit: bodyLimitBytes, type: hasReadableBody });
  app.use(jsonBody, inCallersName);
  app.useGlobalGuards(new RoleGuard());
  app.useGlobalPipes(new StandardSchemaValidationPipe({ exceptionFactory: invalidInput }));
  app.useGlobalFilters(new ProblemFilter(routes));
  const document = describeRoutes(app);
  routes.learn(document);
  SwaggerModule.setup('docs', app, withoutAliases(document), {
    jsonDocumentUrl: 'docs/openapi.json',
    yamlDocumentUrl: 'docs/openapi.yaml',
    customSiteTitle: 'Aura API',
  });
  await app.init();
  return app;
}
