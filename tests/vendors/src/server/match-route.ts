import type { Route } from './call.js';

export interface RouteMatch {
  route: Route;
  params: Record<string, string>;
}

/** The route that serves a path, and whether the path exists with another method. */
export function matchRoute(
  routes: readonly Route[],
  method: string,
  path: string,
): { match?: RouteMatch; isKnownPath: boolean } {
  let isKnownPath = false;
  for (const route of routes) {
    const params = paramsOf(route.path, path);
    if (!params) continue;
    isKnownPath = true;
    if (route.method === method) return { match: { route, params }, isKnownPath };
  }
  return { isKnownPath };
}

function paramsOf(pattern: string, path: string): Record<string, string> | undefined {
  const source = pattern
    .split(/(?<part>\{\w+\*?\})/u)
    .map((part) => {
      const name = /^\{(?<name>\w+)(?<rest>\*?)\}$/u.exec(part)?.groups;
      if (!name) return part.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`);
      return `(?<${name['name']}>${name['rest'] ? '.+' : '[^/]+'})`;
    })
    .join('');
  const found = new RegExp(`^${source}/?$`, 'u').exec(path);
  if (!found) return undefined;
  return Object.fromEntries(
    Object.entries(found.groups ?? {}).map(([name, value]) => [name, decode(value)]),
  );
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
