import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, LogLevel, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { StageName } from '../functions/plan.ts';
import type { Environment } from './environments.ts';
import { acknowledge } from './nag.ts';
import type { Notices } from './notices.ts';
import { foldPlan } from './plan-states.ts';

export interface PipelineProps {
  readonly environment: Environment;
  readonly functions: Readonly<Record<StageName, IFunction>>;
  readonly notices: Notices;
}

/** The state machine that makes an edition: the plan, folded. A failed run can be redriven from the step that failed. */
export class Pipeline extends Construct {
  readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, { environment, functions, notices }: PipelineProps) {
    super(scope, id);
    const logs = new LogGroup(this, 'Logs', {
      // Step Functions may write to log groups of this name without a growing policy.
      logGroupName: `/aws/vendedlogs/states/OpenModelBalance-${environment.name}`,
      retention: environment.keepLogsDays,
      removalPolicy: environment.production ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    this.stateMachine = new StateMachine(this, 'StateMachine', {
      comment: `Makes an edition of the Open Model Balance, ${environment.name}`,
      definitionBody: DefinitionBody.fromChainable(
        foldPlan(this, { functions, topic: notices.topic, environment: environment.name }),
      ),
      // Four sources of a quarter of an hour each, retried, are the longest a run can take.
      timeout: Duration.hours(4),
      logs: { destination: logs, level: LogLevel.ERROR, includeExecutionData: true },
      tracingEnabled: false,
    });
    acknowledge(
      this,
      'AwsSolutions-SF1',
      'Errors are logged with their data; what succeeds is logged by the functions, and the history keeps every step for ninety days.',
    );
    for (const rule of ['AwsSolutions-SF2', 'Serverless-StepFunctionStateMachineXray'])
      acknowledge(
        this,
        rule,
        'A run is ten steps a month, each logged with its edition; X-Ray would cost more attention than it saves.',
      );
  }
}
