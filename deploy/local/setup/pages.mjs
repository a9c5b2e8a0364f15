import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { envExample } from '@aura/config';
import { ACTIONS, actionsByCode, CODES } from '@aura/failure';
import { PLATFORMS, WARNINGS } from '@aura/proto';
import { CHECKOUT } from './paths.mjs';

/** What is made from tables in the code, as name → text. Needs the build. */
export async function pages() {
  return new Map([
    ['.env.example', envExample()],
    [
      'docs/authorisation.md',
      await formatted('docs/authorisation.md', await textOf('authorisation')),
    ],
    ['docs/errors.md', await formatted('docs/errors.md', errorsPage())],
    ['docs/platforms.md', await formatted('docs/platforms.md', platformsPage())],
    ['docs/warnings.md', await formatted('docs/warnings.md', warningsPage())],
    ['services/gateway/openapi.json', await textOf('openApi')],
  ]);
}

/** By path: the gateway is a process, which nothing here is made from. */
async function textOf(name) {
  const file = `services/gateway/dist/docs/${name.toLowerCase()}-text.js`;
  const module = await import(pathToFileURL(path.join(CHECKOUT, file)).href);
  return module[`${name}Text`]();
}

const FAULTS = {
  caller: 'What was asked for is wrong',
  provider: 'A provider failed',
  machine: 'The machine lacks something',
  aura: 'Aura itself failed',
};

/** One section per code, under whose fault it is. The headings are what the `type` of a problem points to. */
function errorsPage() {
  const sections = Object.entries(FAULTS).map(([fault, title]) => {
    const codes = Object.entries(CODES).filter(([, entry]) => entry.fault === fault);
    return [`## ${title}`, ...codes.map(([code, entry]) => section(code, entry))].join('\n\n');
  });
  return `${INTRODUCTION}\n\n${actionsTable()}\n\n${sections.join('\n\n')}\n`;
}

function actionsTable() {
  const rows = Object.entries(ACTIONS).map(
    ([name, { title, operation }]) =>
      `| \`${name}\` | ${title} | ${operation ? `\`${operation}\`` : ''} |`,
  );
  return `## What a client can offer\n\n${ACTIONS_INTRODUCTION}\n\n| action | for a button | operation of this API |\n| --- | --- | --- |\n${rows.join('\n')}`;
}

const ACTIONS_INTRODUCTION = `Problems, and the failures of jobs, have them in \`actions\`, the most likely first: names for programs beside the
words of \`remediation\`. A client shows those that it knows and leaves out the others; more may come.`;

const INTRODUCTION = `# Failures

Every failure has a code that never changes its meaning. It stands in \`code\` of a problem document (RFC 9457),
in the \`error\` event of a stream, in the status of a job and in the Temporal Web UI. A code that ends in
\`:…\` is followed by what it is about, for example \`InvalidInput:brief\`.

This page is generated from \`libs/failure/src/codes.ts\` by \`npm run gen\`.`;

/** One row per code. */
function warningsPage() {
  const rows = Object.entries(WARNINGS).map(
    ([code, { cause, remediation }]) => `| \`${code}\` | ${cause} | ${remediation || 'Nothing.'} |`,
  );
  return `${WARNINGS_INTRODUCTION}\n\n| code | what it means | what to do |\n| --- | --- | --- |\n${rows.join('\n')}\n`;
}

const WARNINGS_INTRODUCTION = `# Warnings

A warning never stops a job. It stands in the job's \`warnings\` (\`GET /api/videos/{id}/status\` and \`…/metadata\`), in its
stream of events and in the Temporal Web UI, with the stage and the scene that it is about. Codes never change their meaning.

This page is generated from \`proto/src/warnings.ts\` by \`npm run gen\`.`;

/** One row per platform, twice: what it takes, and what it covers. */
function platformsPage() {
  const rows = Object.entries(PLATFORMS).map(([name, platform]) => {
    const { title, aspects, shortSidePx, maxFps, codecs, containers, audioOnly } = platform;
    const size = audioOnly
      ? 'sound alone'
      : `${aspects.join(', ')}${shortSidePx ? `, ${shortSidePx} px` : ''}`;
    const packed = `${codecs.join(', ') || 'aac, mp3'} in ${containers.join(', ')}`;
    return `| \`${name}\` | ${title} | ${size} | ${audioOnly ? '' : maxFps} | ${lengthOf(platform)} | ${sizeOf(platform)} | ${platform.loudnessLufs} | ${packed} |`;
  });
  const areas = Object.entries(PLATFORMS)
    .filter(([, { audioOnly }]) => !audioOnly)
    .map(([name, { safeArea }]) => {
      const shares = ['top', 'right', 'bottom', 'left'].map(
        (edge) => `${Math.round(safeArea[edge] * 100)} %`,
      );
      return `| \`${name}\` | ${shares.join(' | ')} |`;
    });
  return [
    PLATFORMS_INTRODUCTION,
    `| name | platform | shapes | rate up to | length | size up to | loudness, LUFS | codecs and containers |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n${rows.join('\n')}`,
    SAFE_AREAS,
    `| name | top | right | bottom | left |\n| --- | --- | --- | --- | --- |\n${areas.join('\n')}\n`,
  ].join('\n\n');
}

function lengthOf({ minDurationMs, maxDurationMs }) {
  const seconds = maxDurationMs / 1_000;
  const most =
    seconds < 600
      ? `${seconds} s`
      : seconds < 7_200
        ? `${seconds / 60} min`
        : `${seconds / 3_600} h`;
  return `${minDurationMs / 1_000} s to ${most}`;
}

function sizeOf({ maxBytes }) {
  return maxBytes ? `${maxBytes / 1_000_000} MB` : '';
}

const PLATFORMS_INTRODUCTION = `# Platforms

\`options.output.platform\` of \`POST /api/videos/generate\` says where a film is to be shown. The platform fills in what
the request leaves open: the first of its shapes, its size, its loudness, where captions and overlays may stand. What it
does not take is refused with the request (400, with what would fit). A film that turns out longer, shorter or larger than
its platform takes is made all the same, with a warning (\`FilmTooLong\`, \`FilmTooShort\`, \`FilmTooLarge\`); where a limit of
size is tight, as that of WhatsApp, the bit rate is set so that the film stays below it, and each scene is looked at twice.
\`options.outputs\` asks for further films of the same scenes, each with a platform of its own: narration and pictures are
made once.

Platforms change their limits, and some raise them for some accounts. The table is what we go by; it is generated from
\`proto/src/platforms.ts\` by \`npm run gen\`.`;

const SAFE_AREAS = `## Safe areas

Shares of the frame, from each edge, that the platform's own buttons and texts may lie over. Nothing that has to be read
stands there.`;

function section(code, { status, retryable, cause, remediation }) {
  const isFamily = code.endsWith(':');
  const offered = actionsByCode().get(code) ?? [];
  const name = isFamily ? code.slice(0, -1) : code;
  const again = retryable ? 'tried again by itself' : 'not tried again';
  const spelling = isFamily ? `\`${code}…\` · ` : '';
  const actions = offered.length > 0 ? ` (${offered.map((one) => `\`${one}\``).join(', ')})` : '';
  return `### ${name}\n\n${spelling}HTTP ${status} · ${again}\n\n${cause}\n\n**What to do:** ${remediation}${actions}`;
}

async function formatted(name, text) {
  const filepath = path.join(CHECKOUT, name);
  return format(text, { ...(await resolveConfig(filepath)), filepath });
}
