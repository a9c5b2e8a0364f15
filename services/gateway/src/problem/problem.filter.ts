import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import { Catch } from '@nestjs/common';
import { Failure } from '@aura/failure';
import type { Request, Response } from 'express';
import type { RouteTable } from '../http/route-table.js';
import { VIDEO_PATHS } from '../videos/video-routes.js';
import { failureOf } from './failure-of.js';
import { sendProblem } from './send-problem.js';

/** The one place where failures become HTTP answers. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly routes: RouteTable) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    const { path } = request;
    const failure = error instanceof Failure || isReadable(path) ? failureOf(error) : unread(path);
    if (failure.code !== 'RouteNotFound') return sendProblem(request, response, failure);

    const allowed = this.routes.methodsOf(path);
    if (allowed.length === 0) {
      return sendProblem(
        request,
        response,
        new Failure('RouteNotFound', 'There is no such route.'),
      );
    }
    response.setHeader('Allow', allowed.join(', '));
    const message = `This route answers ${allowed.join(', ')} only.`;
    sendProblem(request, response, new Failure('MethodNotAllowed', message));
  }
}

/** A path with a broken percent-encoding: whatever it is to name, a job or one of its files, does not exist. */
function unread(path: string): Failure {
  const job = Object.values(VIDEO_PATHS).find((prefix) => path.startsWith(`${prefix}/`));
  if (!job) return new Failure('RouteNotFound', 'There is no such route.');
  const [id = ''] = path.slice(job.length + 1).split('/');
  return isReadable(id)
    ? new Failure('ArtifactMissing', 'The job has no such file.')
    : new Failure('JobNotFound', 'There is no job with this id.');
}

function isReadable(part: string): boolean {
  try {
    return decodeURIComponent(part) !== '';
  } catch {
    return false;
  }
}
