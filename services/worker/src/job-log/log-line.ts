import { LOG_LEVELS, UNITS, type LogLine, type UnitName } from '@aura/proto';

const MOST_CHARACTERS = 500;

/**
 * What of a line that a worker or a workflow has logged is kept with its job; undefined for lines of no job. Only members
 * that are named here: the rest (stacks, causes, output of programs, what users wrote) is for operators. That the record
 * was written is no news, that it was not is. Pure.
 */
export function logLine(text: string, number: number): LogLine | undefined {
  if (!text.includes('"videoId":"')) return undefined;
  const entry = JSON.parse(text) as Entry;
  const { videoId = '', level, time, msg, service = '', activity } = entry;
  const unit = UNITS[activity as UnitName] as (typeof UNITS)[UnitName] | undefined;
  if (activity && !unit && level < LOG_LEVELS.warn) return undefined;
  if (!VIDEO_ID.test(videoId) || level < LOG_LEVELS.info) return undefined;
  const { attempt, provider, sceneId, tookMs, retry, run, code = '', message = '' } = entry;
  return {
    number,
    videoId,
    at: time,
    level: Math.min(level, LOG_LEVELS.error),
    stage: entry.stage || (unit?.stage ?? ''),
    message: cut(msg),
    code,
    fields: {
      service: entry.by ?? service,
      ...(activity ? { activity } : {}),
      ...(attempt === undefined ? {} : { attempt }),
      ...(provider ? { provider } : {}),
      ...(sceneId ? { sceneId } : {}),
      ...(tookMs === undefined ? {} : { tookMs: Math.round(tookMs) }),
      ...(retry === undefined ? {} : { retry }),
      ...(message ? { detail: cut(message) } : {}),
      ...(run === undefined ? {} : { run }),
    },
  };
}

/** What of a line of pino is read. */
interface Entry {
  level: number;
  time: string;
  msg: string;
  service?: string;
  /** Who says it, where that is not the process itself. */
  by?: string;
  videoId?: string;
  stage?: string;
  activity?: string;
  attempt?: number;
  provider?: string;
  sceneId?: string;
  tookMs?: number;
  retry?: boolean;
  run?: number;
  code?: string;
  /** Of a failure: in words for people, without secrets and paths. */
  message?: string;
}

const VIDEO_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function cut(text: string): string {
  return Array.from(text).slice(0, MOST_CHARACTERS).join('');
}
