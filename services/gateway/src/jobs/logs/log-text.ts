import type { JobLogLine } from './log-schema.js';

/** A line for people: when, how bad, where, what, and what else is known of it. Pure. */
export function logText(line: JobLogLine): string {
  const { at, level, stage, message, sceneId, provider, activity, attempt, code } = line;
  const facts = [
    activity,
    sceneId,
    provider && `by ${provider}`,
    attempt !== null && attempt > 1 && `attempt ${attempt}`,
    line.tookMs !== null && `${line.tookMs} ms`,
    code,
    line.retry && 'is tried again',
  ].filter(Boolean);
  const head = `${at} ${level.toUpperCase().padEnd(5)} ${(stage ?? '-').padEnd(7)} ${message}`;
  const detail = line.detail ? `: ${oneLine(line.detail)}` : '';
  return `${head}${facts.length > 0 ? ` (${facts.join(', ')})` : ''}${detail}`;
}

/** What providers say may hold anything; each line of a log is one line. */
function oneLine(text: string): string {
  return text.replaceAll(/\p{Cc}+/gu, ' ').trim();
}
