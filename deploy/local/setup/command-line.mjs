import { parseArgs } from 'node:util';

/** The command line is wrong. The message is one line for the user. */
export class UsageError extends Error {
  name = 'UsageError';
}

export const USAGE = `npm start -- [options] ["brief"]

Starts Aura, makes a film of the brief (a built-in one where none is given) and serves until Ctrl-C.

  --once              end after the film; exit 0 only if it is there and can be played.
                      Without a brief and with unfinished films of an earlier start: after these
  --duration 60s      length of the film, for example 45s, 2m or 1m30s. Without it
                      the one that the brief asks for ("a 30 second video about …"), else 60s
  --aspect 9:16       16:9, 9:16, 1:1 or 4:5
  --style news        documentary, tutorial, listicle, news, story or promo
  --audience text     for whom the film is
  --language de-DE    language of the film, BCP 47
  --voice name        who speaks, for example en-US-narrator-m
  --quality draft     draft, standard, premium or maximum
  --help              this text`;

const TEXT = { type: 'string' };
const FLAG = { type: 'boolean' };
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

const ASPECTS = ['16:9', '9:16', '1:1', '4:5'];
const QUALITIES = ['draft', 'standard', 'premium', 'maximum'];
/** As in proto's FILM_BOUNDS, which is not built yet when this is asked. */
const SHORTEST_S = 5;
const LONGEST_S = 30 * 60;

/**
 * Reads the words after `npm start --`, before anything is installed, so that a mistake costs no wait.
 * What was not given is absent. Throws UsageError.
 */
export function parseCommand(args) {
  const { values, positionals } = parsed(args);
  const { once = false, help = false, duration, voice: voiceId, style } = values;
  const options = defined({
    audience: values.audience,
    aspect: oneOf('--aspect', values.aspect, ASPECTS),
    language: values.language,
    quality: oneOf('--quality', values.quality, QUALITIES),
  });
  const request = defined({
    durationMinutes: duration === undefined ? undefined : secondsIn(duration) / 60,
    voiceId,
    style,
    options: Object.keys(options).length > 0 ? options : undefined,
  });
  return { once, help, brief: briefIn(positionals), request };
}

function parsed(args) {
  try {
    return parseArgs({ args, options: OPTIONS, allowPositionals: true, strict: true });
  } catch (cause) {
    const [reason] = cause.message.split(/\. |\n/);
    throw new UsageError(`${reason}. See npm start -- --help`, { cause });
  }
}

function defined(members) {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

/** Words that were not quoted are one brief too. */
function briefIn(words) {
  if (words.length === 0) return undefined;
  const brief = words.join(' ').trim();
  if (brief === '') throw new UsageError('The brief is empty.');
  return brief;
}

function oneOf(option, value, all) {
  if (value === undefined || all.includes(value)) return value;
  throw new UsageError(`${option} must be one of ${all.join(', ')}.`);
}

/** "90s", "2m" and "1m30s"; a number alone means seconds. */
function secondsIn(text) {
  const parts = /^(?:(\d+(?:\.\d+)?)m(?:in)?)?(?:(\d+(?:\.\d+)?)s?)?$/.exec(text.trim());
  const seconds = Number(parts?.[1] ?? 0) * 60 + Number(parts?.[2] ?? 0);
  if (seconds >= SHORTEST_S && seconds <= LONGEST_S) return seconds;
  throw new UsageError(
    `--duration must be between ${SHORTEST_S}s and ${LONGEST_S / 60}m, for example 45s or 1m30s.`,
  );
}
