import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { publicHistory } from '@aura/telemetry';

const HISTORIES = path.resolve(import.meta.dirname, '../../../../workflows/histories');
const golden = (shape: string) =>
  readFile(path.join(HISTORIES, `make-video.${shape}.json`), 'utf8');

/** The history with its payloads open. */
function opened(json: string): string {
  return json.replace(/"data": ?"([\w+/=]+)"/g, (_, data: string) =>
    Buffer.from(data, 'base64').toString(),
  );
}

test('what is for operators is taken out, wherever it stands', async () => {
  const json = (await golden('failed-scene')).replace(
    '"stackTrace": ""',
    '"stackTrace": "at encode (/srv/aura/secret.js:1:1)"',
  );
  const before = opened(json);
  for (const known of ['ProgramError: ', '/aura/faulty', '@machine', 'machine-', '/srv/aura']) {
    expect(before).toContain(known);
    expect(opened(publicHistory(json))).not.toContain(known);
  }
});

test('what the story is about stays: codes, messages, remediation, times and all events', async () => {
  const json = await golden('failed-scene');
  const left = publicHistory(json);
  expect(opened(left)).toContain('"code":"FFmpegFailedExitCode:SIGSEGV"');
  expect(opened(left)).toContain('"remediation":"See the details for the end of its output');
  expect(opened(left)).toContain('"detail":"ffmpeg 5.1.9');
  const [before, after] = [historyFromJSON(JSON.parse(json)), historyFromJSON(JSON.parse(left))];
  expect(after.events).toHaveLength(before.events!.length);
  expect(after.events!.map(({ eventType, eventTime }) => [eventType, eventTime])).toEqual(
    before.events!.map(({ eventType, eventTime }) => [eventType, eventTime]),
  );
});

test('taking out twice changes nothing more', async () => {
  const once = publicHistory(await golden('retried-scene'));
  expect(publicHistory(once)).toBe(once);
});
