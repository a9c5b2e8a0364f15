import { Failure, type FailureCode } from '@aura/failure';
import { cachedProbe, type Account, type Vendors } from '@aura/provider';

/**
 * The names that a service lists, as it said lately; `known` while it does not answer.
 * Errors: the probe's where nothing is known, with `withoutVoices` as the message where it has no such list.
 */
export async function listedModels(
  {
    vendors,
    account,
    withoutVoices,
  }: { vendors: Vendors; account: Account; withoutVoices: string },
  known: readonly string[],
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const { models, problem } = await cachedProbe(vendors, account, { signal });
  if (!problem) return models;
  if (known.length > 0) return known;
  const isMissing = problem.code === 'RESOURCE_NOT_FOUND';
  throw new Failure(problem.code as FailureCode, isMissing ? withoutVoices : problem.message);
}
