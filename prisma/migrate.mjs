// node prisma/migrate.mjs <command>, with DATABASE_URL set:
//   deploy  applies what is missing; repeatable, also by several processes at once
//   status  exit 0 if nothing is missing
//   dev     makes a new migration from schema.prisma (--name <what it does>)
//   diff    exit 0 if schema.prisma and the migrations say the same
import { prismaCli } from './prisma-cli.mjs';

const [command, ...rest] = process.argv.slice(2);
const commands = {
  deploy: ['migrate', 'deploy'],
  status: ['migrate', 'status'],
  dev: ['migrate', 'dev'],
  diff: 'migrate diff --from-migrations migrations --to-schema schema.prisma --exit-code'.split(
    ' ',
  ),
};

if (!Object.hasOwn(commands, command ?? '')) {
  process.stderr.write(`usage: migrate.mjs ${Object.keys(commands).join('|')}\n`);
  process.exitCode = 2;
} else if (!process.env.DATABASE_URL) {
  process.stderr.write('migrate.mjs: DATABASE_URL is not set\n');
  process.exitCode = 2;
} else {
  process.exitCode = prismaCli([...commands[command], ...rest]);
}
