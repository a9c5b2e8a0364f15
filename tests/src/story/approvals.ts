import { expect, test } from 'vitest';
import type { WorkflowHandle } from '@temporalio/client';
import {
  DECIDE_UPDATE,
  PAUSE_SIGNAL,
  STATUS_QUERY,
  type Approval,
  type ApprovalPoint,
  type AskRequest,
  type Decision,
  type VideoStatus,
} from '@aura/proto';
import { until } from '../harness/index.js';
import { failing, narrationOf, scriptOf, type Scenario } from './scenario.js';
import type { Stories } from './stories.js';

/** What a film waits for its user to approve. */
export function testApprovals(stories: () => Stories): void {
  async function start(
    wanted: Partial<Approval> & { at: ApprovalPoint },
    more: Partial<Scenario> = {},
  ) {
    const asked: AskRequest[] = [];
    const approvals = [{ deadlineMs: 60_000, onDeadline: 'cancel' as const, ...wanted }];
    const { handle, scenario } = await stories().start({
      ...more,
      order: { ...more.order, approvals },
      overrides: {
        ask: async (request) => {
          asked.push(request);
          return { seq: 1, state: 'awaiting-approval' };
        },
        ...more.overrides,
      },
    });
    return { handle, scenario, asked };
  }

  const question = (asked: AskRequest[]) =>
    until('it is asked', () => asked.at(-1)?.approval?.askedAt);

  const decide = (handle: WorkflowHandle, askedAt: string, more: Partial<Decision> = {}) =>
    handle.executeUpdate<void, [Decision]>(DECIDE_UPDATE, {
      args: [{ askedAt, approved: true, reason: '', ...more }],
    });

  test('nothing is made of a script before it is approved; the film is made of what its user has made of it', async () => {
    const { handle, scenario, asked } = await start({ at: 'script' });
    const askedAt = await question(asked);
    expect(await handle.query<VideoStatus>(STATUS_QUERY)).toMatchObject({
      state: 'awaiting-approval',
      message: 'Waits for the script to be approved',
    });
    expect(scenario.advances.at(-1)?.script?.scenes).toHaveLength(3);
    await expect(decide(handle, '2020-01-01T00:00:00.000Z')).rejects.toMatchObject({
      cause: { type: 'JobNotAwaitingApproval' },
    });
    expect(scenario.calls.filter((call) => /^(narrate|illustrate)/.test(call))).toEqual([]);
    const [first, , third] = scriptOf(3, 'rules').scenes;
    const scenes = [
      { ...third!, index: 0 },
      { ...first!, index: 1, narration: 'Other words.' },
    ];
    await decide(handle, askedAt, { script: { title: 'Mine', scenes } });
    await handle.result();
    const spoken = scenario.calls.filter((call) => call.startsWith('narrate')).toSorted();
    expect(spoken).toEqual(['narrateScene s01 first', 'narrateScene s03 first']);
    expect(scenario.calls.filter((call) => call.startsWith('writeScript'))).toHaveLength(1);
    expect(scenario.advances.findLast(({ script }) => script)?.script?.title).toBe('Mine');
    await expect(decide(handle, askedAt)).rejects.toThrow();
  });

  test('what was decided of a script is told to the record, and the next run asks and writes nothing of it', async () => {
    const translations = { sha256: 'a', bytes: 1, mediaType: 'application/json' };
    const { handle, scenario, asked } = await start({ at: 'script' });
    const [, second] = scriptOf(3, 'rules').scenes;
    const script = { title: 'Mine', scenes: [{ ...second!, index: 0 }] };
    await decide(handle, await question(asked), { script, translations });
    await handle.result();
    const kept = scenario.decided;
    expect(kept).toMatchObject({ at: 'script', script, translations });
    expect(scenario.assembled?.translations).toEqual(translations);
    const approved = { points: ['script'], script: kept!.script! };
    const next = await start({ at: 'script' }, { order: { approved } });
    await next.handle.result();
    expect(next.asked).toEqual([]);
    const made = next.scenario.calls.filter((call) => /^(write|measure|narrate)/.test(call));
    expect(made).toEqual(['narrateScene s02 first']);
  });

  test.each([
    ['voice-sample', /^narrateScene s01/],
    ['storyboard', /^illustrateScene/],
  ] as const)('what was made for the %s is shown, and not made again', async (at, sample) => {
    const { handle, scenario, asked } = await start({ at });
    const askedAt = await question(asked);
    const made = scenario.calls.filter((call) => /^(narrate|illustrate|encode)/.test(call));
    expect(made).toHaveLength(at === 'storyboard' ? 3 : 1);
    for (const call of made) expect(call).toMatch(sample);
    const shown = scenario.advances.flatMap(({ files }) => files?.files ?? []);
    expect(shown.map(({ kind }) => kind)).toEqual(made.map(() => at));
    await decide(handle, askedAt);
    await handle.result();
    const all = scenario.calls.filter((call) => /^(narrate|illustrate)/.test(call));
    expect(all).toHaveLength(6);
    expect(new Set(all).size).toBe(6);
    const { makers = [] } = scenario.finished?.making ?? {};
    expect(makers.filter(({ sceneId }) => sceneId !== '')).toHaveLength(6);
  });

  test('who does not answer is reminded, and then the job goes on by itself', async () => {
    const late = { at: 'script', deadlineMs: 700, remindMs: 200, onDeadline: 'approve' } as const;
    const { handle, scenario, asked } = await start(late);
    await handle.result();
    expect(scenario.finished?.state).toBe('succeeded');
    expect(asked.map(({ approval }) => approval?.reminded)).toEqual([false, true]);
    expect(asked[1]?.message).toBe('Reminder: Waits for the script to be approved');
    expect(scenario.calls.filter((call) => call === 'decide')).toHaveLength(1);
  });

  test.each([
    ['nobody has answered', { deadlineMs: 300 }, 'ApprovalExpired', 'was not approved in time'],
    ['its user rejects it', {}, 'ApprovalRejected', 'was rejected: too dull'],
  ])('the job is canceled where %s, and its end says why', async (_, wanted, code, words) => {
    const { handle, scenario, asked } = await start({ at: 'script', ...wanted });
    const askedAt = await question(asked);
    if (code === 'ApprovalRejected') {
      await decide(handle, askedAt, { approved: false, reason: 'too dull' });
    }
    await until('it has ended', () => scenario.finished);
    // As the outbox does it, on the word of the record.
    await handle.cancel();
    await expect(handle.result()).rejects.toThrow();
    expect(scenario.finished).toMatchObject({
      state: 'canceled',
      failure: { code, message: expect.stringContaining(words), stage: 'script' },
    });
    expect((await handle.describe()).status.name).toBe('CANCELLED');
  });

  test('a job that was paused in the moment of the question asks again when it goes on', async () => {
    const states = ['paused', 'awaiting-approval'];
    const { handle, scenario, asked } = await start(
      { at: 'script' },
      {
        overrides: {
          ask: async (request) => {
            asked.push(request);
            return { seq: 1, state: states.shift()! };
          },
        },
      },
    );
    const first = await question(asked);
    await handle.signal(PAUSE_SIGNAL, { paused: true, order: 1 });
    await expect(decide(handle, first)).rejects.toThrow();
    await handle.signal(PAUSE_SIGNAL, { paused: false, order: 2 });
    await until('it is asked again', () => asked.length === 2);
    await decide(handle, await question(asked));
    await handle.result();
    expect(scenario.finished?.state).toBe('succeeded');
  });

  test.each([
    ['with more money the same provider goes on', { capUsd: 2 }, 'first', 0],
    ['without it those go on that cost nothing', {}, 'second', 3],
  ])('where a budget is used up its user is asked once: %s', async (_, answer, last, replaced) => {
    const { handle, scenario, asked } = await start(
      { at: 'budget' },
      {
        plan: {
          capUsd: 1,
          chains: { script: ['rules'], voice: ['first', 'second'], visuals: ['cards'] },
        },
        overrides: {
          narrateScene: async (request) => {
            const { provider, job } = request;
            if (provider === 'first' && job?.capUsd !== 2) failing('BUDGET_EXCEEDED', 'provider');
            return narrationOf(request);
          },
        },
      },
    );
    const askedAt = await question(asked);
    expect(asked[0]?.approval).toMatchObject({ at: 'budget', capUsd: 1 });
    await decide(handle, askedAt, answer);
    await handle.result();
    expect(asked).toHaveLength(1);
    const spoken = scenario.calls.filter((call) => call.startsWith('narrate'));
    expect(spoken.slice(-3).every((call) => call.endsWith(last))).toBe(true);
    expect(scenario.finished).toMatchObject({ state: 'succeeded' });
    expect(scenario.finished?.replacements).toHaveLength(replaced);
  });
}
