import { TRIES, type Trouble } from './fault-script.js';

export interface ChainsOfFilm {
  /** All providers of each stage in order, those on this machine at their end. */
  Script: readonly string[];
  Voice: readonly string[];
  Visuals: readonly string[];
}

/**
 * The lines of the downgrade report that a fault script must lead to, sorted: who is asked fails for good where a
 * mishap is final or outlasts the tries; the line names who was wanted, who has answered, and why not the first. Pure.
 */
export function expectedReport(
  troubles: readonly Trouble[],
  chains: ChainsOfFilm,
  sceneIds: readonly string[],
): string[] {
  const places = [
    ...new Map(
      troubles.map(({ stage, scene }) => [`${stage} ${scene}`, { stage, scene }]),
    ).values(),
  ];
  return places
    .flatMap(({ stage, scene }) => {
      const codes = chains[stage].map((provider) =>
        codeOf(troubles.find((one) => isAt(one, { stage, scene, provider }))),
      );
      const [wanted] = codes;
      const used = codes.indexOf(undefined);
      if (wanted === undefined) return [];
      const sceneId = stage === 'Script' ? '' : sceneIds[scene];
      return [
        line({ stage, sceneId, asked: chains[stage][0], used: chains[stage][used], code: wanted }),
      ];
    })
    .toSorted();
}

/** How a line of a report reads here. */
export function line(one: {
  stage: string;
  sceneId?: string | null | undefined;
  asked?: string | undefined;
  used?: string | undefined;
  code: string;
}): string {
  return `${one.stage} ${one.sceneId ?? ''} ${one.asked} → ${one.used} ${one.code}`;
}

function isAt(
  trouble: Trouble,
  { stage, scene, provider }: { stage: string; scene: number; provider: string },
): boolean {
  return trouble.stage === stage && trouble.scene === scene && trouble.link.provider === provider;
}

/** Undefined where its tries absorb it. */
function codeOf(trouble: Trouble | undefined): string | undefined {
  if (!trouble) return undefined;
  const { mishap, times, stage } = trouble;
  return !mishap.isTriedAgain || times >= TRIES[stage] ? mishap.code : undefined;
}
