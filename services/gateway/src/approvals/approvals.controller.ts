import { Body, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { ApiJobId, ApiProblems } from '../docs/decorators.js';
import { JobRoutes } from '../jobs/job-routes.js';
import { jobSchema, type JobView } from '../jobs/job-schema.js';
import { JobId } from '../videos/job-id.js';
import {
  approvalSchema,
  approveRequest,
  rejectRequest,
  type ApprovalView,
  type ApproveRequest,
  type RejectRequest,
} from './approval-schema.js';
import { Approvals } from './approvals.js';

@JobRoutes()
@ApiJobId()
@ApiProblems('DatabaseUnavailable', 'JobNotFound', 'JobNotAwaitingApproval')
export class ApprovalsController {
  constructor(@Inject(Approvals) private readonly approvals: Approvals) {}

  @Get(':id/approval')
  @ApiOperation({
    summary: 'What a job waits for its user to approve',
    operationId: 'jobApproval',
    description: 'With what is to be looked at: the script, the pictures, or the voice.',
  })
  @ApiOkResponse({ standardSchema: approvalSchema })
  one(@JobId() id: string): Promise<ApprovalView> {
    return this.approvals.get(id);
  }

  @Post(':id/approve')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Approve what a job waits for',
    operationId: 'approveJob',
    description:
      'The job goes on: with the script as it is, or as it is sent along; with more money, where it is sent along.',
  })
  @ApiOkResponse({ standardSchema: jobSchema })
  @ApiProblems('InvalidInput:', 'TemporalUnavailable')
  approve(
    @JobId() id: string,
    @Body({ schema: approveRequest }) request: ApproveRequest,
  ): Promise<JobView> {
    return this.approvals.approve(id, request);
  }

  @Post(':id/reject')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Reject what a job waits for',
    operationId: 'rejectJob',
    description: 'The job is canceled; its end says why (ApprovalRejected).',
  })
  @ApiOkResponse({ standardSchema: jobSchema })
  @ApiProblems('InvalidInput:', 'TemporalUnavailable')
  reject(
    @JobId() id: string,
    @Body({ schema: rejectRequest }) request: RejectRequest,
  ): Promise<JobView> {
    return this.approvals.reject(id, request);
  }
}
