import type { RequestHandler } from 'express';
import helmet from 'helmet';

/**
 * Security headers. Answers are data of the moment, so nothing may be kept, loaded or framed; only /docs, the Swagger UI
 * with its own inline style, gets a page's policy. Nothing is upgraded to HTTPS: on loopback there is none.
 */
export function securityHeaders(): RequestHandler {
  const forData = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    },
    strictTransportSecurity: false,
  });
  const forDocs = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        styleSrc: ["'self'", "'unsafe-inline'"],
        scriptSrc: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: false,
  });
  return (request, response, next) => {
    const isDocs = request.path === '/docs' || request.path.startsWith('/docs/');
    if (isDocs) return forDocs(request, response, next);
    response.setHeader('Cache-Control', 'no-store');
    forData(request, response, next);
  };
}
