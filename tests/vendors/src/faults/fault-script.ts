import type { RecordedRequest } from '../server/call.js';
import type { Fault } from './fault.js';

/** Says for each call which fault strikes. The first that fits wins; all that fit count the call. */
export class FaultScript {
  private entries: { fault: Fault; seen: number }[] = [];

  /** Replaces the whole script; counting begins anew. */
  set(faults: readonly Fault[]): void {
    this.entries = faults.map((fault) => ({ fault, seen: 0 }));
  }

  next(request: RecordedRequest): Fault | undefined {
    let struck: Fault | undefined;
    for (const entry of this.entries) {
      if (!fitsRoute(entry.fault.route, request) || !fitsText(entry.fault.match, request)) continue;
      entry.seen += 1;
      if (!struck && isCounted(entry.fault.calls, entry.seen)) struck = entry.fault;
    }
    return struck;
  }
}

function fitsRoute(route: string | undefined, { method, path }: RecordedRequest): boolean {
  if (route === undefined) return true;
  const [first = '', second] = route.split(' ');
  const wanted = second ?? first;
  if (second !== undefined && first !== method) return false;
  return wanted.endsWith('*') ? path.startsWith(wanted.slice(0, -1)) : path === wanted;
}

function fitsText(match: string | undefined, { url, text, json }: RecordedRequest): boolean {
  if (match === undefined) return true;
  return [safeDecode(url), text, ...stringsIn(json)].some((piece) => piece.includes(match));
}

function isCounted(calls: Fault['calls'], seen: number): boolean {
  if (calls === undefined) return true;
  if (typeof calls === 'number') return seen === calls;
  if (isList(calls)) return calls.includes(seen);
  return seen >= (calls.from ?? 1) && seen <= (calls.to ?? Infinity);
}

function isList(calls: readonly number[] | { from?: number }): calls is readonly number[] {
  return Array.isArray(calls);
}

/** All strings in a value: in the body's text quotes and other letters may be escaped. */
export function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(stringsIn);
}

function safeDecode(url: string): string {
  try {
    return decodeURIComponent(url.replaceAll('+', ' '));
  } catch {
    return url;
  }
}
