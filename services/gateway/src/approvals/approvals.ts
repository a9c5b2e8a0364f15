import type { Database, Prisma } from '@aura/database';
import { Failure } from '@aura/failure';
import type {
  ApprovalPoint,
  ApprovalRequest,
  Decision,
  MakeVideoInput,
  Scene,
  Script,
} from '@aura/proto';
import type { ArtifactStore } from '@aura/storage';
import type { JobView } from '../jobs/job-schema.js';
import { jobLinks } from '../jobs/job-links.js';
import { notFound, type Jobs } from '../jobs/jobs.js';
import { invalidInput } from '../problem/invalid-input.js';
import type { Engine } from '../temporal/engine.js';
import type { ApprovalView, ApproveRequest, RejectRequest } from './approval-schema.js';
import { editedScript } from './edited-script.js';
import { movedTexts } from './moved-texts.js';

interface ApprovalsDependencies {
  database: Database;
  engine: Pick<Engine, 'decide'>;
  jobs: Pick<Jobs, 'get'>;
  store: Pick<ArtifactStore, 'localPath' | 'putBytes'>;
  tenantId: string;
}

const COLUMNS = {
  id: true,
  run: true,
  state: true,
  approval: true,
  script: true,
  order: true,
  artifacts: {
    where: { kind: { in: Array.of('storyboard', 'voice-sample') }, expiredAt: null },
    select: { kind: true, label: true },
    orderBy: { label: 'asc' },
  },
} as const satisfies Prisma.JobSelect;

/** What jobs wait for, and the answers of their users. Errors of all: JobNotFound, JobNotAwaitingApproval. */
export class Approvals {
  constructor(private readonly deps: ApprovalsDependencies) {}

  async get(jobId: string): Promise<ApprovalView> {
    const { approval, script, artifacts } = await this.waiting(jobId);
    const { at, askedAt, deadline, onDeadline, reminded, capUsd, wanted } = approval;
    return {
      at: at as ApprovalPoint,
      askedAt,
      deadline,
      onDeadline: onDeadline === 'approve' ? 'approve' : 'cancel',
      reminded,
      script: script && {
        title: script.title,
        language: script.language,
        scenes: script.scenes.map(sceneView),
      },
      files: artifacts
        .filter(({ kind }) => kind === at)
        .map(({ kind, label }) => {
          const url = [jobLinks(jobId).artifacts, kind, label].filter(Boolean).join('/');
          return { sceneId: label || null, url };
        }),
      budget: at === 'budget' ? { capUsd: capUsd ?? 0, wanted: wanted ?? '' } : null,
    };
  }

  /** Errors also: InvalidInput, TemporalUnavailable. */
  async approve(jobId: string, request: ApproveRequest): Promise<JobView> {
    const { run, approval, script, order } = await this.waiting(jobId, request.at);
    const { script: edited, budgetUsd } = request;
    for (const [name, value, at] of [
      ['script', edited, 'script'],
      ['budgetUsd', budgetUsd, 'budget'],
    ] as const) {
      if (value == null || approval.at === at) continue;
      throw invalidInput([
        { path: [name], message: `must not stand where ${approval.at} is asked` },
      ]);
    }
    const own = edited && script ? editedScript(script, edited, order.voice) : undefined;
    const before = own && order.translations;
    const translations =
      before &&
      (await movedTexts(this.deps.store, before, { from: script!.scenes, to: own.scenes }));
    return this.decide(jobId, run, {
      askedAt: approval.askedAt,
      approved: true,
      reason: '',
      ...(own ? { script: own } : {}),
      ...(translations ? { translations } : {}),
      ...(budgetUsd == null ? {} : { capUsd: budgetUsd }),
    });
  }

  /** Errors also: TemporalUnavailable. */
  async reject(jobId: string, { at, reason }: RejectRequest): Promise<JobView> {
    const { run, approval } = await this.waiting(jobId, at);
    const { askedAt } = approval;
    return this.decide(jobId, run, { askedAt, approved: false, reason: reason ?? '' });
  }

  private async decide(jobId: string, run: number, decision: Decision): Promise<JobView> {
    let isTaken: boolean;
    try {
      isTaken = await this.deps.engine.decide(jobId, run, decision);
    } catch (cause) {
      const message =
        'The answer could not be told now; see the state of the job, and send it again.';
      throw new Failure('TemporalUnavailable', message, { cause });
    }
    if (!isTaken) throw notAwaiting();
    return this.deps.jobs.get(jobId);
  }

  private async waiting(jobId: string, at?: ApprovalPoint | null) {
    const { database, tenantId } = this.deps;
    const row = await database.job.findFirst({ where: { id: jobId, tenantId }, select: COLUMNS });
    if (!row) throw notFound();
    const approval = row.approval as unknown as ApprovalRequest | null;
    if (row.state !== 'awaiting-approval' || !approval) throw notAwaiting();
    if (at != null && approval.at !== at) throw notAwaiting();
    const script = row.script as unknown as Script | null;
    const order = row.order as unknown as Pick<MakeVideoInput, 'voice' | 'translations'>;
    return { ...row, approval, script, order };
  }
}

function notAwaiting(): Failure {
  return new Failure('JobNotAwaitingApproval', 'The job does not wait for this approval.');
}

type SceneView = NonNullable<ApprovalView['script']>['scenes'][number];

function sceneView(scene: Scene): SceneView {
  const { id, kind, narration, heading, points, visualPrompt, keywords, figure } = scene;
  return {
    id,
    kind,
    narration,
    heading,
    points,
    visualPrompt,
    keywords,
    figure: figure ?? null,
  };
}
