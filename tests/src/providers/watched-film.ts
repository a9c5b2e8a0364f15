import { generate, untilSucceeded } from '../harness/index.js';
import { liveDetails } from './residue.js';
import type { VendorStack } from './vendor-stack.js';
import { watchArguments } from './watch-arguments.js';

/** What is seen of a film while it is made, and cannot be seen afterwards. */
export interface Traces {
  jobId: string;
  /** A word of its brief that is nowhere else. */
  control: string;
  /** What its activities told of themselves. */
  details: string;
  /** The command lines of all that ran. */
  lines: readonly string[];
}

/** Makes a film of a brief, looks on all the time, and gives its job. */
export async function watchedFilm(running: VendorStack, seconds: number): Promise<string> {
  const { stack, canary } = running;
  const control = `lighthouse${canary.slice('canary'.length)}`;
  const watched = watchArguments(stack);
  let isOver = false;
  const brief = `The ${control} shows the way home.`;
  const jobId = await generate(stack, { brief, seconds });
  const [details] = await Promise.all([
    liveDetails(stack, () => isOver),
    untilSucceeded(stack, jobId, 120_000).finally(() => {
      isOver = true;
      watched.stop();
    }),
  ]);
  running.traces = { jobId, control, details, lines: [...watched.lines] };
  return jobId;
}
