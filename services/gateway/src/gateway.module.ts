import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { Approvals } from './approvals/approvals.js';
import { ApprovalsController } from './approvals/approvals.controller.js';
import { Assets } from './assets/assets.js';
import { AssetsController } from './assets/assets.controller.js';
import { AuditController } from './audit/audit.controller.js';
import { AuditLog } from './audit/audit-log.js';
import { DocsController } from './docs/docs.controller.js';
import { DownloadController } from './download/download.controller.js';
import { PreviewController } from './download/preview.controller.js';
import { Downloads } from './download/downloads.js';
import { Edits } from './edits/edits.js';
import { EditsController } from './edits/edits.controller.js';
import { CreateJobs } from './jobs/create-jobs.js';
import { DeleteJobs } from './jobs/delete-job.js';
import { JobFilesController } from './jobs/job-files.controller.js';
import { JobSteeringController } from './jobs/job-steering.controller.js';
import { JobWorkController } from './jobs/job-work.controller.js';
import { Jobs } from './jobs/jobs.js';
import { PauseJobs } from './jobs/pause-jobs.js';
import { JobsController } from './jobs/jobs.controller.js';
import { Keys } from './keys/keys.js';
import { KeysController } from './keys/keys.controller.js';
import { HealthController } from './health/health.controller.js';
import { Health } from './health/health.js';
import { INSIGHT_CONTROLLERS, INSIGHT_PARTS } from './insight/insight.js';
import { PromptsController } from './prompts/prompts.controller.js';
import { Providers } from './providers/providers.js';
import { ProvidersController } from './providers/providers.controller.js';
import { ProviderCheck } from './providers/validate/provider-check.js';
import { ShareController } from './share/share.controller.js';
import { SharedLinks } from './share/shared-links.js';
import { StreamController } from './stream/stream.controller.js';
import { Streams } from './stream/streams.js';
import { StoredController } from './stored/stored.controller.js';
import { Stored } from './stored/stored.js';
import { Estimates } from './videos/estimate.js';
import { Generate } from './videos/generate.js';
import { RebuildController } from './videos/rebuild.controller.js';
import { Rebuild } from './videos/rebuild.js';
import { VideosController } from './videos/videos.controller.js';
import { Videos } from './videos/videos.js';
import { VoicesController } from './voices/voices.controller.js';

/** All routes. Which objects they work with is the composition root's to say. */
@Module({
  controllers: [
    VideosController,
    RebuildController,
    JobsController,
    JobWorkController,
    JobSteeringController,
    ApprovalsController,
    JobFilesController,
    EditsController,
    StreamController,
    DownloadController,
    PreviewController,
    ProvidersController,
    VoicesController,
    PromptsController,
    StoredController,
    AssetsController,
    KeysController,
    ShareController,
    AuditController,
    HealthController,
    DocsController,
    ...INSIGHT_CONTROLLERS,
  ],
})
// oxlint-disable-next-line typescript/no-extraneous-class -- Nest wants a class
export class GatewayModule {
  static with(providers: Provider[]): DynamicModule {
    return { module: GatewayModule, providers };
  }

  /** The routes alone, to be described: nothing behind them works. */
  static routesOnly(): DynamicModule {
    const parts = [
      Generate,
      Rebuild,
      Jobs,
      PauseJobs,
      Approvals,
      CreateJobs,
      DeleteJobs,
      Edits,
      Stored,
      Estimates,
      Videos,
      Downloads,
      Streams,
      Providers,
      ProviderCheck,
      Assets,
      Keys,
      SharedLinks,
      AuditLog,
      Health,
      ...INSIGHT_PARTS,
    ];
    return GatewayModule.with(parts.map((provide) => ({ provide, useValue: {} })));
  }
}
