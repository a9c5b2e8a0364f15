import { randomBytes } from 'node:crypto';
import type { Database } from '@aura/database';
import { Failure } from '@aura/failure';
import type { Request, Response } from 'express';
import type { Downloads } from '../download/downloads.js';
import { findDownload } from '../download/artifact.js';
import { actAs } from '../guard/principal.js';
import { sharedFileOf, signedToken } from './signed-link.js';

interface SharedLinksDependencies {
  database: Database;
  /** All tenants' rows: what links are signed with is of no tenant. */
  whole: Database;
  downloads: Pick<Downloads, 'send'>;
  tenantId: string;
}

export interface LinkWish {
  kind: string;
  label: string;
  minutes: number;
}

const NAME = 'shared-files';

/** Links that give one file of a job, for a time, to whoever has them. */
export class SharedLinks {
  private secret: string | undefined;

  constructor(private readonly deps: SharedLinksDependencies) {}

  /** Errors: JobNotFound, JobNotFinished, ArtifactMissing, ArtifactGone. */
  async create(jobId: string, { kind, label, minutes }: LinkWish, now = Date.now()) {
    const { database, tenantId } = this.deps;
    await findDownload(database, { id: jobId, tenantId }, { kind, label });
    const expiresAtS = Math.floor(now / 1_000) + minutes * 60;
    const file = { tenantId, jobId, kind, label, expiresAtS };
    const url = `/api/shared/${signedToken(file, await this.signingSecret())}`;
    return { url, expiresAt: new Date(expiresAtS * 1_000).toISOString() };
  }

  /** Errors: LinkInvalid, LinkExpired, and those of downloads. */
  async send(token: string, request: Request, response: Response, now = Date.now()): Promise<void> {
    const file = sharedFileOf(token, await this.signingSecret());
    if (!file) throw new Failure('LinkInvalid', 'This is no link of this server.');
    if (file.expiresAtS * 1_000 <= now) {
      throw new Failure('LinkExpired', 'The time of this link is over.');
    }
    const { tenantId, jobId, kind, label } = file;
    const guest = { tenantId, role: 'read-only', scopes: ['jobs:read'], keyId: undefined } as const;
    // A link is not to be told to the pages that it leads to.
    response.setHeader('Referrer-Policy', 'no-referrer');
    await actAs({ ...guest, who: 'a link' }, () =>
      this.deps.downloads.send(jobId, { kind, label }, request, response),
    );
  }

  /** One for all gateways, made by whoever needs it first. */
  private async signingSecret(): Promise<string> {
    if (this.secret !== undefined) return this.secret;
    const { whole } = this.deps;
    const data = { name: NAME, secret: randomBytes(32).toString('base64url') };
    await whole.signingKey.createMany({ data: [data], skipDuplicates: true });
    const { secret } = await whole.signingKey.findUniqueOrThrow({ where: { name: NAME } });
    this.secret = secret;
    return secret;
  }
}
