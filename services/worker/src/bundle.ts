import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { bundleWorkflowCode } from '@temporalio/worker';

/** Builds the workflow bundle once, from compiled JavaScript, so that workers only load it. */
const workflowsPath = createRequire(import.meta.url).resolve('@aura/workflows');
const { code } = await bundleWorkflowCode({ workflowsPath });
await writeFile(new URL('workflow-bundle.js', import.meta.url), code);
