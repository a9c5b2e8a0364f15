import type { ProviderReport, SpokenVoice, WorkerReport } from '@aura/proto';
import type { VoicesQuery, VoiceView } from './voices-schema.js';

type Line = SpokenVoice & { provider: string; available: boolean; language: string };

/**
 * The logical voices that the workers' voices make up: by language, women before men, each with who speaks it in the
 * order of the chain. A language is asked for with its accents; one with a region that nobody has an accent for, by the
 * language alone. Pure.
 */
export function logicalVoices(
  workers: readonly WorkerReport[],
  { language, provider }: VoicesQuery,
): VoiceView[] {
  const lines = reportsIn(workers)
    .filter(({ name }) => provider === undefined || name === provider)
    .flatMap(linesOf);
  const asked = language === undefined ? lines : ofLanguage(lines, language);
  const voices = new Map<string, VoiceView>();
  for (const line of asked.toSorted(byLanguageAndGender)) {
    const { language: spoken, gender, provider: name, name: voice, style, caveat } = line;
    const id = `${spoken}-narrator-${gender}`;
    const view = voices.get(id) ?? { id, language: spoken, gender: sexOf(gender), speakers: [] };
    view.speakers.push({ provider: name, voice, style, caveat, available: line.available });
    voices.set(id, view);
  }
  return [...voices.values()];
}

/** Of several workers one that can use it, else one that tells of voices. */
function reportsIn(workers: readonly WorkerReport[]): ProviderReport[] {
  const byName = new Map<string, ProviderReport>();
  for (const report of workers.flatMap(({ providers }) => providers)) {
    const known = byName.get(report.name);
    const isBetter = !known || (!known.usable && (report.usable || !hasVoices(known)));
    if (hasVoices(report) && isBetter) byName.set(report.name, report);
  }
  return [...byName.values()];
}

function hasVoices({ facts }: ProviderReport): boolean {
  return (facts?.voices?.list.length ?? 0) > 0;
}

function linesOf({ name: provider, usable: available, facts }: ProviderReport): Line[] {
  return (facts?.voices?.list ?? []).flatMap((voice) =>
    voice.languages.map((language) => ({ ...voice, provider, available, language })),
  );
}

function ofLanguage(lines: readonly Line[], asked: string): Line[] {
  const own = lines.filter(({ language }) => `${language}-`.startsWith(`${asked}-`));
  if (own.length > 0) return own;
  const { language: base } = new Intl.Locale(asked);
  return lines.filter(({ language }) => language === base);
}

/** The order of the chain stays within one voice: sorting is stable. */
function byLanguageAndGender(a: Line, b: Line): number {
  return compared(a.language, b.language) || compared(a.gender, b.gender);
}

function compared(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function sexOf(gender: string): 'f' | 'm' {
  return gender === 'm' ? 'm' : 'f';
}
