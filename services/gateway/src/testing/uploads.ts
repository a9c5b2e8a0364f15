import { startTestDatabase } from '@aura/database/testing';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { send, type Answer } from './requests.js';
import { startTestGateway } from './test-gateway.js';

/** A database and two gateways of two tenants on one store, with what tests of uploads do there. */
export async function startUploads() {
  const server = await startTestDatabase();
  const gateway = await startTestGateway(server.url);
  const other = await startTestGateway(server.url, { tenantId: 'other', home: gateway.home });
  const url = `${gateway.url}/api/assets`;
  return {
    database: server.database,
    databaseUrl: server.url,
    gateway,
    other,
    url,
    upload(body: Uint8Array | string, name = '', type = 'application/octet-stream') {
      const headers = { 'Content-Type': type };
      const query = name === '' ? '' : `?fileName=${encodeURIComponent(name)}`;
      return send(`${url}${query}`, { method: 'POST', headers, body });
    },
    async form(parts: [name: string, content: string | Buffer, file?: string][]): Promise<Answer> {
      const data = new FormData();
      for (const [name, content, file] of parts) {
        if (file === undefined) data.set(name, String(content));
        else data.append(name, new Blob([new Uint8Array(Buffer.from(content))]), file);
      }
      const request = new Request(url, { method: 'POST', body: data });
      const headers = { 'Content-Type': request.headers.get('content-type') ?? '' };
      return send(url, { method: 'POST', headers, body: Buffer.from(await request.arrayBuffer()) });
    },
    /** What uploads have left in the store beside what it keeps. */
    async leftovers(): Promise<string[]> {
      const names = await readdir(path.join(gateway.home, 'artifacts'), { recursive: true });
      return names.filter((name) => name.startsWith('scratch/') || name.endsWith('.part'));
    },
    async stop(): Promise<void> {
      await other.close({ keepHome: true });
      await gateway.close();
      await server.stop();
    },
  };
}

export type Uploads = Awaited<ReturnType<typeof startUploads>>;
