import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import { Catch } from '@nestjs/common';
import { Failure } from '@aura/failure';
import type { Request, Response } from 'express';
import type { RouteTable } from '../http/route-table.js';
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
    const failure = failureOf(error);
    if (failure.code !== 'RouteNotFound') return sendProblem(request, response, failure);

    const allowed = this.routes.methodsOf(request.path);
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
