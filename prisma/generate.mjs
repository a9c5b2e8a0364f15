// node prisma/generate.mjs: makes the database client in src/generated from schema.prisma. Needs no database.
import { prismaCli } from './prisma-cli.mjs';

process.exitCode = prismaCli(['generate', '--no-hints']);
