import { isCancellation, patched, TemporalFailure } from '@temporalio/workflow';
import {
  lookAlike,
  MOST_RETAKES,
  OWN_VOICE,
  pictureChain,
  pictureWish,
  QUEUES,
  USUAL_MS_PER_CHARACTER,
  type BlobRef,
  type Chains,
  type FailureReport,
  type MakeVideoInput,
  type Narration,
  type Pace,
  type Passages,
  type Picture,
  type PreflightRequest,
  type Replacement,
  type Scene,
  type Script,
  type UnitName,
} from '@aura/proto';
import { record, scripts, visuals, voices } from './activities.js';
import { factsOf } from './chains.js';
import { forMore, type Purse } from './budget.js';
import type { Chronicle } from './chronicle.js';
import { keepersFirst, keptTake, pictured } from './edited.js';
import { reportOf, UnitFailure } from './failures.js';
import { keeping, twinWarning } from './twins.js';
import { firstToAnswer, type Walk } from './first-to-answer.js';
import { newGpuGate, type GpuFilm } from './gpu-queue.js';
import { FIRST_LIMITS, unitOptions } from './options.js';
import type { Prepared } from './prepared.js';

/** One film in the making: its order, what preflight has fixed for it, and its chronicle. */
export interface Production extends GpuFilm {
  order: MakeVideoInput;
  chronicle: Chronicle;
  /** Credentials that were refused in this job, by account: nobody asks with them again. */
  refused: Map<string, FailureReport>;
  /** How each provider failed first in this job, by chain. */
  causes: Record<keyof Chains, Map<string, FailureReport>>;
  /** What the pictures of the film show at a glance, see `Picture.dhash`. */
  looks: string[];
  /** What the script is written from, where the job brings documents. */
  passages?: Passages;
  /** What its user has said of more money. */
  purse?: Purse;
  /** What was made of the film before all else, to be approved. */
  prepared?: Prepared;
  /** Of which of its films, in what is counted; absent for the first, and for what they share. */
  label?: string;
}

/** Is everything there that this film needs? Fixes its provider chains. */
export async function preflight(order: MakeVideoInput, chronicle: Chronicle): Promise<Production> {
  const { job, brief, voice, render, plan: wanted, choice, budget } = order;
  const options = unitOptions('preflight', QUEUES.record, {
    limits: FIRST_LIMITS,
    summary: 'Is everything there?',
  });
  const plan = await failingAs({ unit: 'preflight', sceneId: '', ...job }, () =>
    record.preflight.executeWithOptions(options, [
      { job, brief, voice, render, plan: wanted, choice, budget, ...factsOfFilm(order) },
    ]),
  );
  chronicle.warn(...plan.warnings);
  chronicle.makers.fixed(plan.chains);
  // Histories from before there was a downgrade report have none.
  for (const one of (plan.replacements as Replacement[] | undefined) ?? []) chronicle.replaced(one);
  const { capUsd } = plan;
  const capped = capUsd === undefined ? order : { ...order, job: { ...job, capUsd } };
  const causes = { script: new Map(), voice: new Map(), visuals: new Map() };
  const met = { refused: new Map(), causes };
  return { order: capped, plan, chronicle, gpuGate: newGpuGate(), ...met, looks: [] };
}

/** What preflight has to know of a film that is not one film of a brief. */
function factsOfFilm({ outputs = [], cut }: MakeVideoInput): Pick<PreflightRequest, 'film'> {
  if (outputs.length === 0 && !cut) return {};
  const isUnspoken = cut !== undefined && cut.narration.every(({ text }) => text === '');
  return { film: { outputs, isOwn: cut !== undefined, isUnspoken } };
}

/** How fast the first voice of the chain speaks: the script is fitted to it. */
export function measurePace(production: Production): Promise<Pace> {
  const { job, brief, voice } = production.order;
  return firstToAnswer(walk(production, 'measurePace', 'voice'), (provider) =>
    voices.measurePace.executeWithOptions(
      unitOptions(
        'measurePace',
        QUEUES.voice,
        call(production, `How fast does ${provider} speak?`, ['voice', provider]),
      ),
      [{ job, provider, voice, sample: sampleOf(brief.text) }],
    ),
  );
}

export function writeScript(production: Production, pace: Pace): Promise<Script> {
  const { job, brief, plan, script, prompts, tuning } = production.order;
  const { passages } = production;
  return counted(production, ['writeScript', ''], () =>
    firstToAnswer(walk(production, 'writeScript', 'script'), (provider) =>
      scripts.writeScript.executeWithOptions(
        unitOptions(
          'writeScript',
          QUEUES.script,
          call(production, `Script by ${provider}`, ['script', provider]),
        ),
        [{ job, provider, brief, plan, pace, script, prompts, tuning, passages }],
      ),
    ),
  );
}

function counted<T extends { reused?: boolean }>(
  { chronicle, label }: Pick<Production, 'chronicle' | 'label'>,
  [unit, sceneId]: [UnitName, string],
  work: () => Promise<T>,
): Promise<T> {
  return chronicle.units.of({ unit, sceneId, ...(label ? { label } : {}) }, work);
}

/** `maxMs`: how long it may last, where its place in the film is fixed. */
export function narrate(
  production: Production,
  scene: Scene,
  fixed: { maxMs?: number } = {},
): Promise<Narration> {
  const { job, voice: usual } = production.order;
  const { id: sceneId, narration: text, voice = usual } = scene;
  return counted(production, ['narrateScene', sceneId], () =>
    firstToAnswer(walk(production, 'narrateScene', 'voice', scene), (provider) =>
      voices.narrateScene.executeWithOptions(
        unitOptions('narrateScene', QUEUES.voice, {
          ...call(production, `${sceneId} · voice by ${provider}`, ['voice', provider]),
          activityId: activityId('narrate', scene, provider),
          // Own servers may take as long to make speech as it lasts.
          extraTimeMs: text.length * USUAL_MS_PER_CHARACTER,
        }),
        [{ job, provider, voice, sceneId, text, ...fixed }],
      ),
    ),
  );
}

/** What the user has recorded in the place of a narration. Nobody else could make it good. */
export function hear(
  production: Production,
  { id, audio }: { id: string; audio: BlobRef },
  fixed: { maxMs: number },
): Promise<Narration> {
  const { job, voice } = production.order;
  production.chronicle.makers.made('voice', id, OWN_VOICE);
  return failingAs({ unit: 'narrateScene', sceneId: id, ...job }, () =>
    counted(production, ['narrateScene', id], () =>
      voices.narrateScene.executeWithOptions(
        unitOptions('narrateScene', QUEUES.voice, {
          ...call(production, `${id} · the user’s recording`),
          activityId: `narrate ${id} ${OWN_VOICE}`,
        }),
        [{ job, provider: OWN_VOICE, voice, sceneId: id, text: '', audio, ...fixed }],
      ),
    ),
  );
}

/**
 * A scene's picture. One that looks like an earlier picture of the film is asked for anew, of the provider that
 * made it and of nobody else; where that gives nothing better, the one that is there is kept. What is kept of an earlier
 * film stays as it was, whatever it looks like.
 */
export async function illustrate(
  production: Production,
  scene: Scene,
  script: Script,
): Promise<Picture> {
  const isTwin = ({ dhash }: Picture) => production.looks.some((look) => lookAlike(look, dhash));
  const chain = walk(production, 'illustrateScene', 'visuals', scene);
  const kept = keptTake(production.order, scene);
  let picture = await pictureOf(production, chain, { scene, script, take: kept?.take ?? 0 });
  const isKept = kept?.provider === picture.provider;
  const mostTakes = isKept ? 0 : MOST_RETAKES;
  for (let take = 1; take <= mostTakes && isTwin(picture); take += 1) {
    const same = { ...chain, chain: [picture.provider] };
    picture = await pictureOf(production, same, { scene, script, take }).catch(keeping(picture));
  }
  if (!isKept && isTwin(picture)) production.chronicle.warn(twinWarning(scene));
  if (picture.dhash) production.looks.push(picture.dhash);
  return picture;
}

function pictureOf(
  production: Production,
  chain: Walk,
  { scene, script, take }: { scene: Scene; script: Script; take: number },
): Promise<Picture> {
  const { order, plan } = production;
  const { job, render } = order;
  const again = take === 0 ? '' : `, take ${take + 1}`;
  const answering = { ...chain, onAnswered: (by: string) => chain.onAnswered(by, take) };
  return counted(production, ['illustrateScene', scene.id], () =>
    firstToAnswer(answering, (provider) => {
      const isDrawn = factsOf(plan, 'visuals', provider)?.kind === 'drawing';
      const shown = pictured(order, { scene, script }, isDrawn);
      return visuals.illustrateScene.executeWithOptions(
        unitOptions('illustrateScene', QUEUES.visuals, {
          ...call(production, `${scene.id} · picture by ${provider}${again}`, [
            'visuals',
            provider,
          ]),
          activityId: `${activityId('illustrate', scene, provider)}${again}`,
        }),
        [{ job, provider, render, ...shown, ...(take === 0 ? {} : { take }) }],
      );
    }),
  );
}

function walk(production: Production, unit: UnitName, stage: keyof Chains, scene?: Scene): Walk {
  const { order, plan, chronicle, refused, causes } = production;
  const all = plan.chains[stage];
  const kindOf = (provider: string) => factsOf(plan, stage, provider)?.kind ?? '';
  const sceneId = scene?.id ?? '';
  const { chain, kept } = keepersFirst(
    stage === 'visuals' && scene ? pictureChain(all, pictureWish(scene, order), kindOf) : all,
    order.edited,
    { stage, sceneId, areAwayAsked: () => areAwayAsked(production) },
  );
  return {
    unit,
    chain,
    accountOf: (provider) => factsOf(plan, stage, provider)?.account ?? '',
    refused,
    causes: causes[stage],
    isCapOfDay: plan.capOfDay === true,
    askForMore: forMore(production, unit),
    isFinal: ({ code }) => code === 'BUDGET_EXCEEDED' && order.budget?.strict === true,
    sceneId,
    correlationId: order.job.correlationId,
    onAnswered: (provider, take) => {
      if (scene) chronicle.makers.made(stage, sceneId, provider, take);
      if (kept?.used === provider) chronicle.replaced(kept);
    },
    onReplaced: (replacement) => chronicle.replaced(replacement),
  };
}

/** Further shapes show what the first film shows. Histories from before have those who are away left out. */
function areAwayAsked({ label }: Production): boolean {
  return label === undefined && patched('keepers-who-are-away');
}

/** `asked` is the provider's stage and name, where one is asked. */
export function call(production: Production, summary: string, asked?: [keyof Chains, string]) {
  const facts = asked && factsOf(production.plan, ...asked);
  return { limits: production.plan.limits, summary, callTimeoutMs: facts?.callTimeoutMs };
}

/** Stable names, so that an operator can point at one activity. */
function activityId(verb: string, scene: Scene, provider: string): string {
  return `${verb} ${scene.id} ${provider}`;
}

export async function failingAs<T>(
  place: { unit: UnitName; sceneId: string; correlationId: string },
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isCancellation(error) || !(error instanceof TemporalFailure)) throw error;
    throw new UnitFailure(reportOf(error, place), error);
  }
}

/** The user's own words are the best sample of what will be spoken, where there are enough of them. */
function sampleOf(text: string): string {
  return text.length >= 200 ? text.slice(0, 600) : '';
}
