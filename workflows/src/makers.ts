import type { Chains, Maker, Making, Script } from '@aura/proto';

/** Who makes a film, as it comes to be known: the chains of its job, and who has made what of it. */
export class Makers {
  /** In the order in which it was noted, for the record. */
  private readonly notes: Making[] = [];
  private readonly byPlace = new Map<string, Maker>();
  private chains: Chains | undefined;

  fixed(chains: Chains): void {
    this.chains = chains;
    this.notes.push({ chains, makers: [] });
  }

  /** Of a (new) script; who made scenes of another one has made nothing of this film. */
  begins({ provider }: Script): void {
    this.byPlace.clear();
    this.made('script', '', provider);
  }

  made(stage: keyof Chains, sceneId: string, provider: string, take?: number): void {
    const maker = { stage, sceneId, provider, ...(take === undefined ? {} : { take }) };
    this.byPlace.set(`${stage} ${sceneId}`, maker);
    this.notes.push({ makers: [maker] });
  }

  /** How much has been noted so far. */
  get count(): number {
    return this.notes.length;
  }

  /** What was noted after the first `told` notes; nothing where that is all. */
  since(told: number): { making?: Making } {
    const fresh = this.notes.slice(told);
    const chains = fresh.findLast((note) => note.chains)?.chains;
    const makers = fresh.flatMap((note) => note.makers);
    return fresh.length === 0 ? {} : { making: { ...(chains ? { chains } : {}), makers } };
  }

  /** All that holds; nothing where the run did not come to its chains. */
  all(): { making?: Making } {
    const { chains, byPlace } = this;
    return chains ? { making: { chains, makers: [...byPlace.values()] } } : {};
  }
}
