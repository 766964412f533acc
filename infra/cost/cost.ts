import { z } from 'zod';

/** The part of a synthesised template that costs money. */
export const templateSchema = z.looseObject({
  Resources: z.record(
    z.string(),
    z.looseObject({ Type: z.string(), Properties: z.looseObject({}).optional() }),
  ),
});
export type Template = z.infer<typeof templateSchema>;

/** Numbers by name, with a note that says what they are. */
export const tableSchema = z
  .object({ note: z.string() })
  .catchall(z.union([z.number(), z.string(), z.boolean()]));

/** What one invocation of each function took when the deployed thing was run, by function. */
export const measuredSchema = z.object({
  measuredAt: z.iso.date(),
  machine: z.string(),
  functions: z.record(z.string(), z.object({ seconds: z.number().positive() })),
});

/** Everything a month's cost is computed from. */
export interface CostInput {
  readonly template: Template;
  readonly prices: Readonly<Record<string, unknown>>;
  readonly assumptions: Readonly<Record<string, unknown>>;
  readonly measured: z.infer<typeof measuredSchema>;
  readonly subscribers: number;
}

/** One thing that costs, in US dollars a month, and how it comes about. */
export interface CostLine {
  readonly what: string;
  readonly dollars: number;
  readonly because: string;
}

const lambda = z.object({
  Environment: z.object({ Variables: z.object({ POWERTOOLS_SERVICE_NAME: z.string() }) }),
  MemorySize: z.number().default(128),
  EphemeralStorage: z.object({ Size: z.number() }).default({ Size: 512 }),
});

/**
 * What a month costs, dearest first.
 *
 * @throws Error if a number is missing from the tables, or a function was never measured
 */
export function monthlyCost({ template, prices, assumptions, measured, subscribers }: CostInput): CostLine[] {
  const price = numberOf(prices, 'prices');
  const assume = numberOf(assumptions, 'assumptions');
  const count = (type: string) =>
    Object.values(template.Resources).filter(({ Type }) => Type === type).length;
  const lines: CostLine[] = [];
  const add = (what: string, dollars: number, because: string) => lines.push({ what, dollars, because });

  const functions = Object.values(template.Resources)
    .filter(({ Type }) => Type === 'AWS::Lambda::Function')
    .flatMap(({ Properties }) => lambda.safeParse(Properties).data ?? []);
  const calls = callsPerMonth(assume);
  let compute = 0;
  let invocations = 0;
  for (const { Environment, MemorySize, EphemeralStorage } of functions) {
    const name = Environment.Variables.POWERTOOLS_SERVICE_NAME;
    const seconds = name === 'pull' ? assume('pullSeconds') : measured.functions[name]?.seconds;
    const often = calls[name];
    if (seconds === undefined || often === undefined)
      throw new Error(`There is no measurement or no rhythm of the function ${name}. Run npm run test:aws.`);
    invocations += often;
    compute +=
      often *
      (price('lambdaRequest') +
        seconds *
          ((MemorySize / 1024) * price('lambdaGbSecond') +
            (Math.max(0, EphemeralStorage.Size - 512) / 1024) * price('lambdaExtraStorageGbSecond')));
  }
  add(
    'functions',
    compute,
    `${Math.round(invocations)} invocations of ${functions.length} functions, durations as measured here`,
  );

  const stages = invocations * 3;
  add('state machine', stages * price('stateTransition'), `about ${Math.round(stages)} transitions`);
  const alarmed = metricsOfAlarms(template);
  add(
    'alarms',
    alarmed * price('alarmMonth'),
    `${count('AWS::CloudWatch::Alarm')} alarms on ${alarmed} metrics`,
  );
  add(
    'dashboard',
    count('AWS::CloudWatch::Dashboard') * price('dashboardMonth'),
    `${count('AWS::CloudWatch::Dashboard')} dashboards`,
  );
  const metricHours =
    30 * (1 + assume('sources') + assume('metricsPerStage')) + invocations * assume('metricsPerStage');
  add('metrics', (metricHours / 730) * price('metricMonth'), `${Math.round(metricHours)} metric-hours`);
  const logs = (invocations * assume('logMegabytesPerInvocation')) / 1024;
  add('logs', logs * (price('logGb') + price('logStoredGbMonth')), `${logs.toFixed(2)} GB`);
  const stored =
    (assume('monthsKept') *
      (assume('editionMegabytes') * 2 + assume('snapshotMegabytes') * assume('weeklyPulls'))) /
    1024;
  add(
    'archive',
    stored * price('s3StandardGbMonth'),
    `${stored.toFixed(1)} GB after ${assume('monthsKept')} months, all at the dearest class`,
  );
  add(
    'archive, requests',
    assume('editionRuns') *
      (assume('objectsWrittenPerEdition') * price('s3Put') +
        assume('objectsReadPerEdition') * price('s3Get')),
    `${assume('editionRuns')} runs a month`,
  );
  add(
    'keys and secrets',
    count('AWS::SecretsManager::Secret') * price('secretMonth') +
      count('AWS::KMS::Key') * price('kmsKeyMonth'),
    `${count('AWS::SecretsManager::Secret')} secrets, ${count('AWS::KMS::Key')} keys`,
  );
  const mails = subscribers * assume('mailsPerSubscriber');
  add('mail', mails * price('mail'), `${mails} mails, with a link each`);
  const gigabytes =
    (subscribers *
      (assume('pdfsPerSubscriber') * assume('pdfMegabytes') +
        assume('pagesPerSubscriber') * assume('pageMegabytes'))) /
    1024;
  add(
    'readers',
    gigabytes * price('cdnGb') + subscribers * price('cdnRequest'),
    `${gigabytes.toFixed(1)} GB of PDFs and pages`,
  );
  add(
    'list of subscribers',
    mails *
      (assume('tableWritesPerMail') * price('tableWrite') +
        assume('tableReadsPerMail') * price('tableRead')) +
      subscribers * assume('apiRequestsPerSubscriber') * price('httpApiRequest'),
    'ledger and list, by their design',
  );
  return lines.sort((a, b) => b.dollars - a.dollars);
}

const alarm = z.object({
  Metrics: z.array(z.looseObject({ MetricStat: z.unknown().optional() })).optional(),
});

/** An alarm costs as much as the metrics it looks at. */
function metricsOfAlarms({ Resources }: Template): number {
  return Object.values(Resources)
    .filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm')
    .map(
      ({ Properties }) => alarm.parse(Properties).Metrics?.filter(({ MetricStat }) => MetricStat).length ?? 1,
    )
    .reduce((sum, metrics) => sum + metrics, 0);
}

/** How often each function runs in a month. */
function callsPerMonth(assume: (name: string) => number): Readonly<Record<string, number>> {
  const runs = assume('editionRuns');
  const perLocale = runs * assume('languages');
  return {
    start: runs + assume('weeklyPulls'),
    watch: 30.4,
    pull: (1 + assume('weeklyPulls')) * assume('sources'),
    compute: 1,
    render: perLocale,
    print: perLocale,
    check: runs,
    publish: 1,
  };
}

function numberOf(numbers: Readonly<Record<string, unknown>>, of: string): (name: string) => number {
  return (name) => {
    const { success, data } = z.number().safeParse(numbers[name]);
    if (!success) throw new Error(`There is no number "${name}" in infra/cost/${of}.json.`);
    return data;
  };
}
