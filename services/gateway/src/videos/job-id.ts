import { randomBytes } from 'node:crypto';
import { Failure } from '@aura/failure';
import { Param, type PipeTransform } from '@nestjs/common';

/** A UUID of version 7: it begins with the time in ms, so that new rows lie side by side in the index. */
export function newJobId(now: number): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(now, 0, 6);
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** The id of a job in a path. What is no UUID cannot be one, so the database is not asked. */
export function JobId(): ParameterDecorator {
  return Param('id', new JobIdPipe());
}

class JobIdPipe implements PipeTransform<string, string> {
  transform(id: string): string {
    if (!UUID.test(id)) throw new Failure('JobNotFound', 'There is no job with this id.');
    return id.toLowerCase();
  }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
