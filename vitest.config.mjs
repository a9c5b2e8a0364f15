import { defineConfig } from 'vitest/config';
import { BaseSequencer } from 'vitest/node';

/** Workspaces are read as they are written, not as they were compiled. */
const CONDITIONS = ['aura-source', 'node'];

/** Until they have been timed, small files pass for quick ones; these are small because they name what they run. */
const LONGEST = ['kills', 'films', 'providers'].map((name) => `/tests/src/${name}.test.ts`);

const isLong = ({ moduleId }) => LONGEST.some((name) => moduleId.endsWith(name));

class LongestFirst extends BaseSequencer {
  async sort(files) {
    // oxlint-disable-next-line unicorn/no-array-sort -- it is Vitest's, and no array's
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

export default defineConfig({
  resolve: { conditions: CONDITIONS },
  ssr: { resolve: { conditions: CONDITIONS, externalConditions: CONDITIONS } },
  oxc: { target: 'es2022', decorator: { legacy: true, emitDecoratorMetadata: true } },
  test: {
    // Files share the modules that they have loaded, and nothing else: what a test changes it puts back.
    pool: 'forks',
    isolate: false,
    // A hang is found; a slow machine is none.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    slowTestThreshold: 10_000,
    silent: 'passed-only',
    // Many of them wait for others.
    maxWorkers: 4,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['**/src/**/*.test.ts'],
          exclude: ['**/node_modules/**', 'tests/src/**'],
        },
      },
      {
        extends: true,
        test: {
          name: 'processes',
          include: ['tests/src/**/*.test.ts'],
          // They share their machine with the stacks that they kill and restart. A defect fails twice, a starved
          // process does not.
          retry: 1,
        },
      },
    ],
  },
});
