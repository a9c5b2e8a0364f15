export { startPostgres, type PostgresOptions, type PostgresService } from './postgres.js';
export { removeHome } from './postgres-data.js';
export { startTemporal, type TemporalOptions, type TemporalService } from './temporal.js';
export { freePort, isFree } from './ports.js';
export { StackError, type Exit, type Service } from './service.js';
