import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Construct } from 'constructs';
import { SOURCE_NAMES } from '../functions/sources/index.ts';
import type { Environment } from './environments.ts';
import { FUNCTION_SIZES } from './function-sizes.ts';
import { metricsNamespace, type ReportFunction } from './functions.ts';
import type { Notices } from './notices.ts';
import type { FunctionName } from './permissions.ts';
import type { Pipeline } from './pipeline.ts';
import type { DeadLetters } from './schedule.ts';

/** The weekly pull, and two days for it to fail and be seen to. */
const STALE_DAYS = 9;
/** A function this near to its limit will reach it one month. */
const NEAR_LIMIT = 0.8;

export interface AlarmsProps {
  readonly environment: Environment;
  readonly functions: Readonly<Record<FunctionName, ReportFunction>>;
  readonly pipeline: Pipeline;
  readonly deadLetters: DeadLetters;
  readonly notices: Notices;
}

/**
 * What rings, few enough that each is looked at. Every description says what to do and names its section of the runbook;
 * what is absent or stale rings only where the schedule runs.
 */
export class Alarms extends Construct {
  readonly alarms: Alarm[] = [];

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    const { environment, functions, pipeline, deadLetters, notices } = props;
    const all = Object.entries(functions).map(([name, one]) => [name as FunctionName, one.function] as const);
    const machine = pipeline.stateMachine;
    const hour = { period: Duration.hours(1) };
    const ring = (
      name: string,
      metric: IMetric,
      threshold: number,
      description: string,
      anchor: string,
      breaching = false,
    ) => {
      const alarm = new Alarm(this, name, {
        metric,
        threshold,
        evaluationPeriods: 1,
        comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        treatMissingData: breaching ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
        alarmDescription: `${description} Runbook: infra/RUNBOOK.md#${anchor}`,
      });
      alarm.addAlarmAction(new SnsAction(notices.topic));
      this.alarms.push(alarm);
    };
    const env = `--env ${environment.name}`;

    ring(
      'FailedRun',
      sum({
        failed: machine.metricFailed({ ...hour, statistic: 'Sum' }),
        timedOut: machine.metricTimedOut({ ...hour, statistic: 'Sum' }),
        aborted: machine.metricAborted({ ...hour, statistic: 'Sum' }),
      }),
      1,
      `A run failed. See which step and why with npm run report -- status ${env}, mend the cause, then npm run report -- redrive ${env}.`,
      'a-failed-run',
    );
    ring(
      'DeadLetters',
      deadLetters.queue.metricApproximateNumberOfMessagesVisible({
        period: Duration.minutes(5),
        statistic: 'Maximum',
      }),
      1,
      `An event of the schedule was lost. See what it was, then start its run by hand: npm run report -- run ${env} --edition YYYY-MM.`,
      'dead-letters',
    );
    ring(
      'Throttled',
      sum(
        Object.fromEntries(
          all.map(([name, one]) => [name, one.metricThrottles({ ...hour, statistic: 'Sum' })]),
        ),
      ),
      5,
      'Functions had to wait for Lambda again and again: the account’s concurrency is used up. Runs retry; ask for a higher quota if it stays.',
      'throttled-functions',
    );
    ring(
      'NearLimit',
      hourly(
        `MAX([${all.map(([name]) => `FILL(${name}, 0) / ${FUNCTION_SIZES[name].timeout.toMilliseconds()}`).join(', ')}])`,
        Object.fromEntries(
          all.map(([name, one]) => [name, one.metricDuration({ ...hour, statistic: 'Maximum' })]),
        ),
      ),
      NEAR_LIMIT,
      'A function took most of the time it is allowed. Raise its timeout in infra/function-sizes.ts before it fails.',
      'a-function-near-its-limit',
    );
    if (!environment.production) return;
    ring(
      'AbsentEdition',
      watched('EditionAbsent', environment),
      1,
      `The edition that is due is not public, or nobody has looked for a day. See npm run report -- status ${env}; a held one waits for approval, an absent one for npm run report -- run ${env} --edition YYYY-MM.`,
      'an-absent-edition',
      true,
    );
    for (const source of SOURCE_NAMES)
      ring(
        `Stale-${source}`,
        watched('SnapshotAgeDays', environment, { source }),
        STALE_DAYS,
        `${source} was not sealed for ${STALE_DAYS} days: its figures will be missing. Ask it with npm run report -- doctor, then pull with npm run report -- run ${env} --edition YYYY-MM --until pull.`,
        'a-stale-source',
        true,
      );
  }
}

/** The sum of metrics. One that was not measured within the hour counts as 0, and does not silence the others. */
function sum(usingMetrics: Record<string, IMetric>): MathExpression {
  const each = Object.keys(usingMetrics).map((name) => `FILL(${name}, 0)`);
  return hourly(`SUM([${each.join(', ')}])`, usingMetrics);
}

function hourly(expression: string, usingMetrics: Record<string, IMetric>): MathExpression {
  return new MathExpression({ expression, usingMetrics, period: Duration.hours(1) });
}

/** A metric of the daily watch. */
function watched(metricName: string, environment: Environment, more: Record<string, string> = {}): Metric {
  return new Metric({
    namespace: metricsNamespace(environment),
    metricName,
    dimensionsMap: { service: 'watch', ...more },
    statistic: 'Maximum',
    period: Duration.days(1),
  });
}
