import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { envExample } from '@aura/config';
import { CODES } from '@aura/failure';
import { WARNINGS } from '@aura/proto';
import { CHECKOUT } from './paths.mjs';

/** What is made from tables in the code, as name → text. Needs the build. */
export async function pages() {
  return new Map([
    ['.env.example', envExample()],
    ['docs/errors.md', await formatted('docs/errors.md', errorsPage())],
    ['docs/warnings.md', await formatted('docs/warnings.md', warningsPage())],
    ['services/gateway/openapi.json', await openApi()],
  ]);
}

/** By path: the gateway is a process, which nothing here is made from. */
async function openApi() {
  const built = path.join(CHECKOUT, 'services/gateway/dist/docs/openapi-text.js');
  const { openApiText } = await import(pathToFileURL(built).href);
  return openApiText();
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
  return `${INTRODUCTION}\n\n${sections.join('\n\n')}\n`;
}

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

function section(code, { status, retryable, cause, remediation }) {
  const isFamily = code.endsWith(':');
  const name = isFamily ? code.slice(0, -1) : code;
  const again = retryable ? 'tried again by itself' : 'not tried again';
  const spelling = isFamily ? `\`${code}…\` · ` : '';
  return `### ${name}\n\n${spelling}HTTP ${status} · ${again}\n\n${cause}\n\n**What to do:** ${remediation}`;
}

async function formatted(name, text) {
  const filepath = path.join(CHECKOUT, name);
  return format(text, { ...(await resolveConfig(filepath)), filepath });
}
