/**
 * A history (Temporal's JSON) as it may be given to whoever asks for it: without the details of failures, which are
 * for operators (they stand in the job's row and in the worker's log), without stack traces, and without the names of
 * workers and their machines. Nothing that the workflow decides by is taken out, so it replays as before.
 */
export function publicHistory(json: string, clean: Clean = (text) => text): string {
  return JSON.stringify(scrubbed(JSON.parse(json), clean));
}

/** Takes out of what lies in payloads, which is packed, what `clean` takes out of a text. */
type Clean = (text: string) => string;

/** One walk for the history itself and for what lies in its payloads. */
function scrubbed(value: unknown, clean: Clean): unknown {
  if (Array.isArray(value)) return value.map((member) => scrubbed(member, clean));
  if (typeof value !== 'object' || value === null) return value;
  const members = value as Record<string, unknown>;
  if (isJsonPayload(members))
    return { ...members, data: scrubbedPayload(String(members['data']), clean) };
  return Object.fromEntries(
    Object.entries(members).map(([name, member]) => {
      return [name, isPrivate(name, members) ? '' : scrubbed(member, clean)];
    }),
  );
}

function isPrivate(name: string, members: Record<string, unknown>): boolean {
  if (typeof members[name] !== 'string') return false;
  switch (name) {
    case 'identity':
    case 'stackTrace':
      return true;
    case 'details':
      return 'code' in members && 'remediation' in members; // a FailureReport
    case 'detail':
      return String(members['name']).startsWith('Worker:'); // a check, which names its workers
    case 'name':
      return members['kind'] === 'TASK_QUEUE_KIND_STICKY'; // named after its worker
    default:
      return false;
  }
}

/** "json/plain" in base64, as Temporal's converter marks what it has written. */
const JSON_ENCODING = Buffer.from('json/plain').toString('base64');

function isJsonPayload({ metadata, data }: Record<string, unknown>): boolean {
  if (typeof data !== 'string' || typeof metadata !== 'object' || metadata === null) return false;
  return 'encoding' in metadata && metadata.encoding === JSON_ENCODING;
}

function scrubbedPayload(data: string, clean: Clean): string {
  const value: unknown = JSON.parse(Buffer.from(data, 'base64').toString());
  return Buffer.from(clean(JSON.stringify(scrubbed(value, clean)))).toString('base64');
}
