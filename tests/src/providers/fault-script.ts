import type { Fault, VendorName } from '@aura/vendors';
import { PICTURES, REFUSED_ACCOUNTS, VOICES, type Link, type Mishap } from './mishaps.js';
import type { Random } from './random.js';

/** What goes wrong for one scene (or the script) at one provider of a stage. */
export interface Trouble {
  stage: 'Script' | 'Voice' | 'Visuals';
  /** Of the scene; 0 for the script. */
  scene: number;
  link: Link;
  mishap: Mishap;
  /** The first so many calls go wrong; Infinity for every one. */
  times: number;
}

/** Tries of one provider, the first included: as the table of units says. */
export const TRIES: Record<Trouble['stage'], number> = { Script: 3, Voice: 4, Visuals: 3 };
/** One failure fewer in a row than a breaker bears. */
const BEARABLE = 4;

export interface ScriptOptions {
  scenes: number;
  /** Without those that keep a call waiting for all its time. */
  isQuick: boolean;
  /** So many fail for good; absent: as it happens. */
  broken?: number;
}

/** A film's worth of trouble: a chain that breaks at some scene breaks from its beginning, then hiccups. */
export function faultScript(random: Random, options: ScriptOptions): Trouble[] {
  const isBearable = bearableFor(new Map());
  const troubles: Trouble[] = [];
  const stages = [
    { stage: 'Voice', chain: VOICES, isRefused: random.percent(20) },
    { stage: 'Visuals', chain: PICTURES, isRefused: random.percent(20) },
  ] as const;
  for (const { stage, isRefused } of stages) {
    if (isRefused) troubles.push(...refusedAccount(random, stage, options.scenes));
  }
  for (const { stage, chain, isRefused } of stages) {
    for (let scene = 0; scene < options.scenes; scene += 1) {
      if (random.percent(40)) continue;
      const place = { stage, scene, isBearable, options };
      troubles.push(...troubleAt(random, isRefused ? chain.slice(1) : chain, place));
    }
  }
  return troubles;
}

interface Place extends Pick<Trouble, 'stage' | 'scene'> {
  isBearable: (trouble: Trouble) => boolean;
  options: Pick<ScriptOptions, 'isQuick' | 'broken'>;
}

/** So many providers fail for good, and the next one for a moment. */
export function troubleAt(
  random: Random,
  chain: readonly Link[],
  { stage, scene, isBearable, options }: Place,
): Trouble[] {
  const troubles: Trouble[] = [];
  const broken = options.broken ?? random.oneOf([0, 0, 0, 1, 1, 2, chain.length]);
  for (const [index, link] of chain.slice(0, broken + 1).entries()) {
    const isForGood = index < broken;
    const mishaps = link.mishaps.filter(
      ({ isSlow }) => !(isSlow && (isForGood || options.isQuick)),
    );
    const mishap = random.oneOf(mishaps);
    const isFinal = !mishap.isTriedAgain;
    const times = isForGood || isFinal ? Infinity : 1 + random.below(TRIES[stage] - 1);
    const trouble: Trouble = { stage, scene, link, mishap, times };
    if (!isBearable(trouble)) break;
    troubles.push(trouble);
    if (!isForGood && !isFinal) break;
  }
  return troubles;
}

/** The first of a chain is refused at every scene, and with it its account, whatever else that is used for. */
function refusedAccount(random: Random, stage: 'Voice' | 'Visuals', scenes: number): Trouble[] {
  const mishap = random.oneOf(REFUSED_ACCOUNTS);
  const [voice, openAiVoice] = VOICES;
  const links =
    stage === 'Voice'
      ? [{ stage, link: voice! }]
      : [
          { stage, link: PICTURES[0]! },
          { stage: 'Voice' as const, link: openAiVoice! },
        ];
  return Array.from({ length: scenes }, (_, scene) =>
    links.map((one) => ({ ...one, scene, mishap, times: Infinity })),
  ).flat();
}

/** Whether the breaker of the provider still bears a trouble; what it bears is counted. */
export function bearableFor(counts: Map<string, number>): (trouble: Trouble) => boolean {
  return ({ stage, link, mishap, times }) => {
    const place = `${stage} ${link.provider}`;
    const count = (counts.get(place) ?? 0) + (mishap.isIllness ? Math.min(times, TRIES[stage]) : 0);
    if (count > BEARABLE) return false;
    counts.set(place, count);
    return true;
  };
}

/** What the vendors are told. `words` stand in what is asked for a scene; earlier entries win, as at the vendors. */
export function faultsOf(
  troubles: readonly Trouble[],
  words: readonly string[],
): Map<VendorName, Fault[]> {
  const faults = new Map<VendorName, Fault[]>();
  for (const { stage, scene, link, mishap, times } of troubles) {
    const fault = {
      ...mishap.fault,
      ...(link.route ? { route: link.route } : {}),
      ...(stage === 'Script' ? {} : { match: words[scene] ?? '' }),
      ...(times === Infinity ? {} : { calls: { to: times } }),
    } as Fault;
    faults.set(link.vendor, [...(faults.get(link.vendor) ?? []), fault]);
  }
  return faults;
}
