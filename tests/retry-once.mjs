import { expect, jest } from '@jest/globals';

// Tests that kill and restart whole stacks share their machine with what they test. One that fails is run once
// more, with the first failure printed: a defect fails twice, a starved process does not.
if (expect.getState().testPath?.includes('/tests/src/')) {
  jest.retryTimes(1, { logErrorsBeforeRetry: true, retryImmediately: true });
}
