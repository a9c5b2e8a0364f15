import type { Database } from '@aura/database';
import type { ArtifactStore } from '@aura/storage';
import type { Request, Response } from 'express';
import { findDownload } from './artifact.js';
import { sendDownload } from './send-download.js';

interface DownloadDependencies {
  database: Database;
  store: ArtifactStore;
  tenantId: string;
}

/** Gives out the files of jobs. */
export class Downloads {
  constructor(private readonly deps: DownloadDependencies) {}

  async send(jobId: string, kind: string, request: Request, response: Response): Promise<void> {
    const { database, store, tenantId } = this.deps;
    const download = await findDownload(database, { id: jobId, tenantId }, kind);
    await sendDownload(store, download, request, response);
  }
}
