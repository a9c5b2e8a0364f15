import type { JobFold } from '@aura/database';
import type { JobEventData, Warning } from '@aura/proto';
import { cut, MESSAGE_CHARACTERS } from './cut.js';

/** A job keeps this many warnings; the last of them says that there were more. */
const MOST_WARNINGS = 40;

const MORE: Warning = {
  code: 'MoreWarnings',
  message: 'There were more warnings; they are left out.',
  stage: '',
  sceneId: '',
};

/** One event for each warning that the job does not have yet. */
export function warningEvents(
  { warnings: known }: Pick<JobFold, 'warnings'>,
  told: readonly Warning[],
  percent: number,
): JobEventData[] {
  const seen = new Set(known.map(identity));
  const fresh = told.map(shortened).filter((warning) => {
    const isNew = !seen.has(identity(warning));
    seen.add(identity(warning));
    return isNew;
  });
  const room = Math.max(0, MOST_WARNINGS - known.length);
  const kept = fresh.length < room ? fresh : [...fresh.slice(0, Math.max(0, room - 1)), MORE];
  return (room === 0 ? [] : kept).map((warning) => ({ type: 'warning', percent, warning }));
}

function identity({ code, message, stage, sceneId }: Warning): string {
  return JSON.stringify([code, message, stage, sceneId]);
}

function shortened({ code, message, stage, sceneId }: Warning): Warning {
  return { code, message: cut(message, MESSAGE_CHARACTERS), stage, sceneId };
}
