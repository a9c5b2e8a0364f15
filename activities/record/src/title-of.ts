import type { Database, Transaction } from '@aura/database';

/** What a job's film is called: the title of its script, or the first words of its brief. */
export async function titleOf(database: Database | Transaction, jobId: string): Promise<string> {
  const [row] = await database.$queryRaw<{ title: string | null }[]>`
    SELECT coalesce(script ->> 'title', left("order" #>> '{brief,text}', 80)) AS title
    FROM jobs WHERE id = ${jobId}::uuid`;
  return row?.title ?? '';
}
