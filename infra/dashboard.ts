import { Duration } from 'aws-cdk-lib';
import { AlarmStatusWidget, Dashboard, GraphWidget, Metric, TextWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { STAGE_NAMES } from '../functions/plan.ts';
import { SOURCE_NAMES } from '../functions/sources/index.ts';
import type { Alarms } from './alarms.ts';
import type { Environment } from './environments.ts';
import { metricsNamespace } from './functions.ts';

/** One page to look at: do alarms ring, how long do stages take, how old is what is known of each source. */
export class ReportDashboard extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { environment, alarms }: { environment: Environment; alarms: Alarms },
  ) {
    super(scope, id);
    const namespace = metricsNamespace(environment);
    const metric = (
      metricName: string,
      dimensionsMap: Record<string, string>,
      label: string,
      statistic: string,
    ) => new Metric({ namespace, metricName, dimensionsMap, label, statistic, period: Duration.days(1) });
    new Dashboard(this, 'Dashboard', {
      defaultInterval: Duration.days(90),
      widgets: [
        [
          new TextWidget({
            markdown: `# Open Model Balance · ${environment.name}\nWhat to do when something rings: \`infra/RUNBOOK.md\`. What there is: \`npm run report -- status --env ${environment.name}\`.`,
            width: 24,
            height: 3,
          }),
        ],
        [new AlarmStatusWidget({ title: 'Alarms', alarms: alarms.alarms, width: 24, height: 4 })],
        [
          new GraphWidget({
            title: 'How long the longest of each stage took',
            left: STAGE_NAMES.map((service) => metric('StageSeconds', { service }, service, 'Maximum')),
            leftYAxis: { label: 'seconds', min: 0, showUnits: false },
            width: 12,
          }),
          new GraphWidget({
            title: 'Age of the newest snapshot of each source',
            left: SOURCE_NAMES.map((source) =>
              metric('SnapshotAgeDays', { service: 'watch', source }, source, 'Maximum'),
            ),
            leftYAxis: { label: 'days', min: 0, showUnits: false },
            width: 12,
          }),
        ],
      ],
    });
  }
}
