import type { OpenAPIObject } from '@nestjs/swagger';

const METHODS = ['get', 'head', 'post', 'put', 'patch', 'delete'] as const;

/** Which methods each path answers, read from the OpenAPI document, so that 405 and the docs agree. */
export class RouteTable {
  private routes: { pattern: RegExp; methods: string[] }[] = [];

  learn(document: OpenAPIObject): void {
    this.routes = Object.entries(document.paths).map(([path, item]) => ({
      pattern: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}/?$`, 'i'),
      methods: METHODS.filter((method) => item[method as 'get'] !== undefined).map((method) =>
        method.toUpperCase(),
      ),
    }));
  }

  methodsOf(path: string): string[] {
    return this.routes.find(({ pattern }) => pattern.test(path))?.methods ?? [];
  }
}
