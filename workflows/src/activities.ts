import { proxyActivities } from '@temporalio/workflow';
import {
  QUEUES,
  type ComposeActivities,
  type RecordActivities,
  type ScriptActivities,
  type VisualsActivities,
  type VoiceActivities,
} from '@aura/proto';
import { FIRST_LIMITS, KEEP_TRYING, TRY_BRIEFLY, unitOptions } from './options.js';

/** The stages as the workflow sees them; each call names its own options where the table has them. */
const first = { limits: FIRST_LIMITS, summary: '' };

export const record = proxyActivities<RecordActivities>({
  ...KEEP_TRYING,
  taskQueue: QUEUES.record,
});
export const scripts = proxyActivities<ScriptActivities>(
  unitOptions('writeScript', QUEUES.script, first),
);
export const voices = proxyActivities<VoiceActivities>(
  unitOptions('narrateScene', QUEUES.voice, first),
);
export const visuals = proxyActivities<VisualsActivities>(
  unitOptions('illustrateScene', QUEUES.visuals, first),
);
export const compose = proxyActivities<ComposeActivities>(
  unitOptions('encodeSegment', QUEUES['compose-cpu'], first),
);
export const clearing = proxyActivities<Pick<RecordActivities, 'releaseScratch'>>({
  ...TRY_BRIEFLY,
  taskQueue: QUEUES.record,
});
