import { Prisma, type PrismaClient } from './generated/client.js';

interface Finder {
  findFirst(args: object): Promise<unknown>;
  findFirstOrThrow(args: object): Promise<unknown>;
}

/**
 * A client that asks every question by itself. Prisma makes one query of all findUnique of the same tick, on a connection
 * of whoever was first: with connections that see one tenant each, others would be told of his rows. findFirst is asked
 * alone.
 */
export function unmerged(client: PrismaClient): PrismaClient {
  const alone = client.$extends({
    model: {
      $allModels: {
        findUnique(args: object) {
          return finderOf(this).findFirst(withPlainKeys(args));
        },
        findUniqueOrThrow(args: object) {
          return finderOf(this).findFirstOrThrow(withPlainKeys(args));
        },
      },
    },
  });
  return alone as unknown as PrismaClient;
}

function finderOf(model: object): Finder {
  return Prisma.getExtensionContext(model) as unknown as Finder;
}

/** A key of several columns is one member of `where`, named after all of them, which findFirst does not know. */
function withPlainKeys(args: object): object {
  const { where = {} } = args as { where?: object };
  const plain = Object.entries(where).flatMap(([name, value]: [string, unknown]) =>
    isKey(name, value) ? Object.entries(value) : [[name, value] as const],
  );
  return { ...args, where: Object.fromEntries(plain) };
}

function isKey(name: string, value: unknown): value is object {
  return typeof value === 'object' && value !== null && name === Object.keys(value).join('_');
}
