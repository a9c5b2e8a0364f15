import { parseArgs } from 'node:util';
import { LIMITS } from '@aura/proto';

/** What `npm start` was asked for. */
export interface Command {
  /** End after the film. */
  once: boolean;
  help: boolean;
  /** Without it the built-in one is used. */
  brief?: string;
  /** The members of the request beside the brief; what was not given is absent. */
  request: FilmRequest;
}

/** The body of `POST /api/videos/generate`, without the brief. */
export interface FilmRequest {
  durationMinutes?: number;
  voiceId?: string;
  style?: string;
  options?: Record<string, string>;
}

/** The command line is wrong. The message is one line for the user. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const USAGE = `npm start -- [options] ["brief"]

Starts Aura, makes a film of the brief (a built-in one where none is given) and serves until Ctrl-C.

  --once              end after the film; exit 0 only if it is there and can be played
  --duration 60s      length of the film, for example 45s, 2m or 1m30s
  --aspect 9:16       16:9, 9:16, 1:1 or 4:5
  --style news        documentary, tutorial, listicle, news, story or promo
  --audience text     for whom the film is
  --language de-DE    language of the film, BCP 47
  --voice name        who speaks, for example en-US-narrator-m
  --quality draft     draft, standard, premium or maximum
  --help              this text`;

const ASPECTS = ['16:9', '9:16', '1:1', '4:5'];
const QUALITIES = ['draft', 'standard', 'premium', 'maximum'];
const MS_PER_MINUTE = 60_000;

const TEXT = { type: 'string' } as const;
const FLAG = { type: 'boolean' } as const;
const OPTIONS = {
  once: FLAG,
  help: FLAG,
  duration: TEXT,
  aspect: TEXT,
  style: TEXT,
  audience: TEXT,
  language: TEXT,
  voice: TEXT,
  quality: TEXT,
};

/** Reads the words after `npm start --`. Throws UsageError. */
export function parseCommand(args: string[]): Command {
  const { values, positionals } = parsed(args);
  const options = {
    audience: values.audience,
    aspect: oneOf('--aspect', values.aspect, ASPECTS),
    language: values.language,
    quality: oneOf('--quality', values.quality, QUALITIES),
  };
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  const request = {
    durationMinutes: values.duration === undefined ? undefined : minutesIn(values.duration),
    voiceId: values.voice,
    style: values.style,
    options: given.length > 0 ? (Object.fromEntries(given) as Record<string, string>) : undefined,
  };
  return {
    once: values.once ?? false,
    help: values.help ?? false,
    brief: briefIn(positionals),
    request,
  };
}

function parsed(args: string[]) {
  try {
    return parseArgs({ args, options: OPTIONS, allowPositionals: true, strict: true });
  } catch (cause) {
    const [reason] = (cause as Error).message.split(/\. |\n/);
    throw new UsageError(`${reason}. See npm start -- --help`, { cause });
  }
}

/** Words that were not quoted are one brief too. */
function briefIn(words: string[]): string | undefined {
  if (words.length === 0) return undefined;
  const brief = words.join(' ').trim();
  if (brief === '') throw new UsageError('The brief is empty.');
  return brief;
}

function oneOf(option: string, value: string | undefined, all: string[]): string | undefined {
  if (value === undefined || all.includes(value)) return value;
  throw new UsageError(`${option} must be one of ${all.join(', ')}.`);
}

/** "90s", "2m" and "1m30s"; a number alone means seconds. */
function minutesIn(text: string): number {
  const parts = /^(?:(\d+(?:\.\d+)?)m(?:in)?)?(?:(\d+(?:\.\d+)?)s?)?$/.exec(text.trim());
  const ms = (Number(parts?.[1] ?? 0) * 60 + Number(parts?.[2] ?? 0)) * 1_000;
  if (ms >= LIMITS.minDurationMs && ms <= LIMITS.maxDurationMs) return ms / MS_PER_MINUTE;
  throw new UsageError(
    `--duration must be between ${LIMITS.minDurationMs / 1_000}s and ${LIMITS.maxDurationMs / MS_PER_MINUTE}m, for example 45s or 1m30s.`,
  );
}
