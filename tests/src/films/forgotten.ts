import { beforeAll, expect, test } from 'vitest';
import { WorkflowNotFoundError } from '@temporalio/client';
import { workflowIdOf } from '@aura/proto';
import { plainStack, until, withTemporal, type Stack } from '../harness/index.js';
import { deleted } from './jobs.js';

let stack: Stack;

beforeAll(async () => {
  stack = await plainStack();
}, 120_000);

test('Temporal has forgotten the jobs that were deleted', async () => {
  for (const id of deleted) {
    await until(`job ${id} is forgotten`, () => isUnknown(id), 90_000, 500);
  }
  expect(deleted.length).toBeLessThan(10);
}, 120_000);

function isUnknown(id: string): Promise<boolean> {
  return withTemporal(stack, async (client) => {
    try {
      await client.workflow.getHandle(workflowIdOf(id)).describe();
      return false;
    } catch (error) {
      return error instanceof WorkflowNotFoundError;
    }
  });
}
