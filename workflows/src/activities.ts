import {
  proxyActivities,
  type ActivityInterfaceFor,
  type ActivityOptions,
} from '@temporalio/workflow';
import {
  QUEUES,
  UNITS,
  type ComposeActivities,
  type RecordActivities,
  type ScriptActivities,
  type VisualsActivities,
  type VoiceActivities,
} from '@aura/proto';
import { FIRST_LIMITS, KEEP_TRYING, TRY_BRIEFLY, unitOptions } from './options.js';
import { onceGoing } from './pause.js';

/** The stages as the workflow sees them; each call names its own options where the table has them. */
const first = { limits: FIRST_LIMITS, summary: '' };

export const record = stage<RecordActivities>({
  ...KEEP_TRYING,
  taskQueue: QUEUES.record,
});
export const scripts = stage<ScriptActivities>(unitOptions('writeScript', QUEUES.script, first));
export const voices = stage<VoiceActivities>(unitOptions('narrateScene', QUEUES.voice, first));
export const visuals = stage<VisualsActivities>(
  unitOptions('illustrateScene', QUEUES.visuals, first),
);
export const compose = stage<ComposeActivities>(
  unitOptions('encodeSegment', QUEUES['compose-cpu'], first),
);
export const clearing = proxyActivities<Pick<RecordActivities, 'releaseScratch'>>({
  ...TRY_BRIEFLY,
  taskQueue: QUEUES.record,
});

/** A stage whose units of work are not begun while the job is paused. What only tells of them always goes through. */
function stage<A extends object>(options: ActivityOptions): ActivityInterfaceFor<A> {
  return new Proxy(proxyActivities<A>(options), {
    get: (activities, name) => {
      const activity = Reflect.get(activities, name) as Activity;
      if (!Object.hasOwn(UNITS, name)) return activity;
      const held: Activity = (...args) => onceGoing(() => activity(...args));
      held.executeWithOptions = (...call) => onceGoing(() => activity.executeWithOptions(...call));
      return held;
    },
  });
}

interface Activity {
  (...args: unknown[]): Promise<unknown>;
  executeWithOptions(options: ActivityOptions, args: unknown[]): Promise<unknown>;
}
