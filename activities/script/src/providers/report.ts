import { reportOfProvider, type Vendors } from '@aura/provider';
import type { ProviderReport } from '@aura/proto';
import { SCRIPT_PROVIDERS } from './registry.js';
import type { ScriptEntry, ScriptProviderSettings } from './script-entry.js';

/**
 * What each script provider has and lacks here, in the registry's order. Nothing that costs; without a key nothing
 * leaves this machine; a probe takes 2 s at most and moves no breaker. Never throws.
 */
export function scriptReports(
  settings: ScriptProviderSettings,
  vendors: Vendors,
): Promise<ProviderReport[]> {
  return Promise.all(SCRIPT_PROVIDERS.map((entry) => reportOf(entry, settings, vendors)));
}

async function reportOf(
  entry: ScriptEntry,
  settings: ScriptProviderSettings,
  vendors: Vendors,
): Promise<ProviderReport> {
  const { isModel, check, reworded } = entry;
  const report = await reportOfProvider(entry, settings, {
    vendors,
    endpoints: ['chat'],
    model: entry.model?.(settings),
    ...(isModel ? { isModel } : {}),
    ...(check ? { check: () => check(settings) } : {}),
    isConfigured: entry.isConfigured?.(settings) ?? true,
  });
  return report.usable || !reworded ? report : { ...report, reason: reworded(report, settings) };
}
