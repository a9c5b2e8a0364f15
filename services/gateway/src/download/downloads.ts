import type { Database } from '@aura/database';
import { Failure } from '@aura/failure';
import type { ArtifactStore } from '@aura/storage';
import type { Request, Response } from 'express';
import { expired, findDownload, type FileChoice } from './artifact.js';
import { addressOf } from './address-of.js';
import { sendDownload } from './send-download.js';

interface DownloadDependencies {
  database: Database;
  store: ArtifactStore;
  tenantId: string;
  redirectsDownloads?: boolean;
  cdnUrl?: string | undefined;
}

/** Gives out the files of jobs. */
export class Downloads {
  constructor(private readonly deps: DownloadDependencies) {}

  async send(jobId: string, file: FileChoice, request: Request, response: Response): Promise<void> {
    const { database, store, tenantId } = this.deps;
    const download = await findDownload(database, { id: jobId, tenantId }, file);
    const address = request.method === 'GET' ? await addressOf(this.deps, download) : undefined;
    try {
      if (address === undefined) return await sendDownload(store, download, request, response);
      await store.check(download.blob);
    } catch (error) {
      const isGone = error instanceof Failure && error.code === 'ArtifactGone';
      throw isGone ? expired(jobId, error) : error;
    }
    response.setHeader('Cache-Control', 'private, no-store');
    response.redirect(302, address);
  }
}
