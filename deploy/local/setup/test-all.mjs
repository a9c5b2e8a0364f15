import { CHECKS } from './checks.mjs';
import { say } from './say.mjs';
import { summaryOf } from './test-counts.mjs';
import { runTests } from './vitest.mjs';

const CHECKS_AT_ONCE = 2;
const LONGEST_OBJECTION = 100;

/** Runs what was asked for, sums it up, and gives the exit code. */
export async function testAll(isReady, { isStatic, isLong, args }) {
  const groups = isReady
    ? await runGroups({ isStatic, isLong, args })
    : [{ title: 'Setup', passed: 0, skipped: 0, failures: ['setup'] }];
  say('');
  for (const line of groups.flatMap(summaryOf)) say(line);
  const passed = groups.reduce((sum, group) => sum + group.passed, 0);
  const failed = groups.reduce((sum, group) => sum + group.failures.length, 0);
  await print(`\n${passed} passed, ${failed} failed\n`);
  return failed === 0 ? 0 : 1;
}

async function runGroups({ isStatic, isLong, args }) {
  const groups = [];
  const isNarrowed = args.length > 0;
  if (isNarrowed) say('Only the named tests: the static checks are left out.');
  else groups.push({ title: 'Static checks', ...(await runChecks()) });
  if (isStatic) return groups;
  groups.push({ title: 'Tests', ...(await runTests({ args, isLong })) });
  return groups;
}

async function runChecks() {
  const waiting = [...CHECKS];
  const failures = [];
  const work = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const begin = Date.now();
      const objection = await check.run();
      const tookMs = Date.now() - begin;
      say(`${objection ? 'FAILED' : 'ok    '}  ${check.name} (${(tookMs / 1_000).toFixed(1)} s)`);
      if (!objection) continue;
      failures.push(check.name);
      say(shortened(objection));
    }
  };
  await Promise.all(Array.from({ length: CHECKS_AT_ONCE }, work));
  return { passed: CHECKS.length - failures.length, skipped: 0, failures };
}

function shortened(text) {
  const lines = text.split('\n').map((line) => `    ${line}`);
  if (lines.length <= LONGEST_OBJECTION) return lines.join('\n');
  return [
    ...lines.slice(0, LONGEST_OBJECTION),
    `    … and ${lines.length - LONGEST_OBJECTION} lines more`,
  ].join('\n');
}

function print(text) {
  return new Promise((resolve) => {
    process.stdout.write(text, resolve);
  });
}
