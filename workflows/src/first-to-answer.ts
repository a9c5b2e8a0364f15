import { isCancellation } from '@temporalio/workflow';
import type { Warning } from '@aura/proto';
import { reportOf, UnitFailure, type FailurePlace } from './failures.js';

export interface Walk extends FailurePlace {
  /** Providers in the order in which they are tried. */
  chain: string[];
  /** Called for every provider that is passed over. */
  onReplaced: (warning: Warning) => void;
}

/**
 * Walks a provider chain: one activity per provider, so that every replacement stands in the history.
 * It moves on only where the provider is at fault; a rejected request or a full disk is not shopped around.
 */
export async function firstToAnswer<T>(
  { chain, onReplaced, ...place }: Walk,
  call: (provider: string) => Promise<T>,
): Promise<T> {
  for (const [index, provider] of chain.entries()) {
    try {
      return await call(provider);
    } catch (error) {
      if (isCancellation(error)) throw error;
      const report = reportOf(error, place);
      const next = chain[index + 1];
      if (report.fault !== 'provider' || next === undefined) throw new UnitFailure(report, error);
      onReplaced({
        code: 'ProviderReplaced',
        message: `${provider} failed (${report.code}: ${report.message}); ${next} takes its place.`,
        stage: report.stage,
        sceneId: report.sceneId,
      });
    }
  }
  throw new UnitFailure(
    { ...reportOf(undefined, place), message: 'No provider is configured for this stage.' },
    undefined,
  );
}
