import Sequencer from '@jest/test-sequencer';

/** Until Jest has timed them it takes small files for quick ones; these are small because they name what they run. */
const LONGEST = ['kills', 'films', 'providers'].map((name) => `/tests/src/${name}.test.ts`);

export default class LongestFirst extends Sequencer {
  sort(tests) {
    const isLong = (test) => LONGEST.some((name) => test.path.endsWith(name));
    // oxlint-disable-next-line unicorn/no-array-sort -- it is Jest's, and no array's
    const sorted = super.sort(tests);
    return [...sorted.filter(isLong), ...sorted.filter((test) => !isLong(test))];
  }
}
