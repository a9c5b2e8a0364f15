import { expect, test } from 'vitest';
import type { MadeFilm } from '@aura/database';
import { applyEdits, editableFilm, predictUnits, type EditableFilm } from '@aura/gateway/edits';
import type { Chains, FinishRequest } from '@aura/proto';
import { CASES, LONG, SCENES, SCRIPT, type Case } from './edit-cases.js';
import { keyedStages, PICTURED_BY } from './keyed-stages.js';
import { remake } from './remake.js';
import { failing, orderOf, newScenario, type Scenario } from './scenario.js';
import type { Stories } from './stories.js';

const KINDS = new Map(PICTURED_BY.map(({ name, facts }) => [name, facts?.kind ?? '']));
const kindOf = (name: string) => KINDS.get(name) ?? '';

/**
 * That what an edit is said to make is what its run makes, by the keys of the stages themselves: asked as the workflow
 * asks them, or, which takes longer, by the workflow.
 */
export function testEdits(stories?: () => Stories): void {
  test.each(CASES)(
    'an edit makes what it is said to make, and nothing else: %s',
    async (_, one) => {
      const make = stories ? producing(stories(), one) : remaking(one);
      const films = [await make(undefined)];
      for (const [operations, expected] of one.edits) {
        const before = editableFilm(films.at(-1)!.film);
        const given = {
          bytesOf: () => undefined,
          kindOf,
          isUsable: () => true,
          translations: undefined,
        };
        const wanted = applyEdits(before, operations, given).film;
        const known = films.map(({ film }) => editableFilm(film));
        const told = predictUnits(known, wanted, kindOf)
          .map(({ unit, sceneId, label }) => `${unit} ${sceneId} ${label}`.trim())
          .toSorted();
        const next = await make(wanted.order);
        expect(next.made).toEqual(told);
        if (expected) expect(told).toEqual(expected.toSorted());
        films.push(next);
      }
    },
  );
}

type Make = (
  order: EditableFilm['order'] | undefined,
) => Promise<{ film: MadeFilm; made: string[] }>;

function remaking(one: Case): Make {
  const stages = keyedStages();
  const { job: _, ...first } = orderOf('', newScenario({ order: { ...LONG, ...one.order } }));
  return async (edited) => {
    const order = edited ?? first;
    const script = edited?.edited.script ?? SCRIPT;
    const fails = (provider: string, sceneId: string) =>
      !edited && provider === 'first' && sceneId === one.failsAt;
    const chains = chainsOf(one.visuals);
    const { made, ...told } = await remake(order, script, { stages, chains, kindOf, fails });
    return { film: { order, script, ...told }, made: made.toSorted() };
  };
}

function producing(stories: Stories, one: Case): Make {
  const stages = keyedStages();
  return async (edited) => {
    const plan = { chains: chainsOf(one.visuals), providers: PICTURED_BY };
    const overrides: Scenario['overrides'] = {
      ...stages,
      writeScript: async () => SCRIPT,
      narrateScene: async (request) =>
        !edited && request.provider === 'first' && request.sceneId === one.failsAt
          ? failing('VoiceFailed', 'provider')
          : stages.narrateScene(request),
    };
    const order = edited ?? { ...LONG, ...one.order };
    const scenario = await stories.produce({ scenes: SCENES.length, plan, overrides, order });
    expect(scenario.finished?.state).toBe('succeeded');
    return { film: filmOf(scenario, edited), made: ran(scenario.finished) };
  };
}

function chainsOf(visuals: string[]): Chains {
  return { script: ['rules'], voice: ['first', 'second'], visuals };
}

function filmOf(
  { finished, ...scenario }: Scenario,
  order: MadeFilm['order'] | undefined,
): MadeFilm {
  const { job: _, ...made } = orderOf('', newScenario(scenario));
  return {
    order: order ?? made,
    script: order?.edited?.script ?? SCRIPT,
    making: finished?.making ?? null,
    replacements: finished?.replacements ?? [],
  };
}

function ran(finished: FinishRequest | undefined): string[] {
  const kinds = finished?.units?.kinds ?? [];
  return kinds
    .filter(({ unit }) => unit !== 'writeScript')
    .flatMap(({ unit, label, made }) => made.map((scene) => `${unit} ${scene} ${label}`.trim()))
    .toSorted();
}
