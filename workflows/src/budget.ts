import type { FailureReport, MakeVideoInput, UnitName } from '@aura/proto';
import type { Chronicle } from './chronicle.js';
import { approvalAt, decided } from './decisions.js';
import { standing } from './stopwatch.js';

/** What the user of a job has said of more money, and what is being asked just now. */
export interface Purse {
  asking?: Promise<boolean> | undefined;
  /** There is no more, whoever asks. */
  isClosed?: boolean;
}

interface Spending {
  order: MakeVideoInput;
  chronicle: Chronicle;
  purse?: Purse;
}

/**
 * Who asks the user for more money where the budget is used up; undefined where that is not wanted. All units that
 * meet the cap while it is asked wait for the same answer.
 */
export function forMore(
  spending: Spending,
  unit: UnitName,
): ((provider: string, report: FailureReport) => Promise<boolean>) | undefined {
  const approval = approvalAt(spending.order, 'budget');
  if (!approval) return undefined;
  const purse = (spending.purse ??= {});
  return (provider, { message }) => {
    if (purse.isClosed) return Promise.resolve(false);
    const ask = async () => {
      const { job } = spending.order;
      const { capUsd = 0 } = job;
      const more = { capUsd, wanted: `${provider}: ${message}` };
      const question = 'Waits for more money to be approved';
      const asking = { approval, message: question, unit, more };
      const decision = await decided(spending.order, spending.chronicle, asking);
      const isRaised = (decision.capUsd ?? 0) > capUsd;
      // Every request to come carries this very reference.
      if (isRaised) job.capUsd = decision.capUsd!;
      purse.isClosed = !isRaised;
      return isRaised;
    };
    purse.asking ??= ask().finally(() => (purse.asking = undefined));
    void purse.asking.then(standing(), () => undefined);
    return purse.asking;
  };
}
