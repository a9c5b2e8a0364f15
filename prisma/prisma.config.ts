import { defineConfig } from 'prisma/config';

// Generating the client needs no database, so the address may be missing here.
export default defineConfig({
  schema: 'schema.prisma',
  migrations: { path: 'migrations' },
  datasource: { url: process.env['DATABASE_URL'] ?? '' },
});
