export { startPostgres, type PostgresOptions, type PostgresService } from './postgres.js';
export { removeHome, runningDatabase } from './postgres-data.js';
export { startTemporal, type TemporalOptions, type TemporalService } from './temporal.js';
export { startGateway, untilHealthy, type GatewayOptions, type GatewayService } from './gateway.js';
export { startWorker, type WorkerOptions } from './worker.js';
export { migrate, type MigrateOptions } from './migrate.js';
export { requestLogin } from './request-login.js';
export { freePort } from './ports.js';
export { StackError, type Exit, type Service } from './service.js';
