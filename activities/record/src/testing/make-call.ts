import { requestCancel, requestPause, requestResume, transact } from '@aura/database';
import type { FailureReport, Film, JobRef } from '@aura/proto';
import type { Call } from './any-call.js';
import { questionAt } from './question.js';
import type { Recording } from './recording.js';

export const failure: FailureReport = {
  code: 'VoiceFailed',
  message: 'The voice program ended with an error.',
  remediation: 'Check that flite is installed.',
  stage: 'voice',
  step: 'narration',
  sceneId: 's02',
  correlationId: 'test',
  details: 'flite: Segmentation fault\n/srv/aura/secret/path',
  fault: 'provider',
};

/** Makes one of any calls, as a workflow or a user would. */
export async function makeCall(at: Recording, job: JobRef, next: Call, film: Film): Promise<void> {
  const nothing = { warnings: [], replacements: [] };
  const wish = (make: typeof requestPause | typeof requestCancel) =>
    transact<unknown>(at.database, (tx) => make(tx, job.videoId));
  switch (next.call) {
    case 'begin':
      await at.record.begin({ job });
      return;
    case 'advance':
      await at.record.advance({ job, ...next });
      return;
    case 'cancel':
      await wish(requestCancel);
      return;
    case 'pause':
      await wish(requestPause);
      return;
    case 'resume':
      await wish(requestResume);
      return;
    case 'ask':
      await at.record.ask({ job, approval: questionAt(next.askedAt), message: 'Waits' });
      return;
    case 'decide':
      await at.record.decide({
        job,
        askedAt: '',
        at: 'script',
        message: 'Decided',
        rejected: next.rejected,
      });
      return;
    case 'finish':
      await at.record.finish({
        job,
        state: next.state,
        ...nothing,
        ...(next.state === 'succeeded' ? { film } : { failure }),
      });
  }
}
