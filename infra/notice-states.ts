import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { JsonPath, TaskInput } from 'aws-cdk-lib/aws-stepfunctions';
import { SnsPublish } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import type { Construct } from 'constructs';

/** What a run tells people, each as a state that leaves the run’s input as it is. */
export interface NoticeStates {
  readonly draft: SnsPublish;
  readonly held: SnsPublish;
  /** Publication found no approval of these bytes. */
  readonly heldAtPublication: SnsPublish;
  readonly refused: SnsPublish;
  readonly published: SnsPublish;
}

/** Makes the notices of a pipeline: what happened, and the commands with which to go on. */
export function noticeStates(
  scope: Construct,
  { topic, environment }: { topic: ITopic; environment: string },
): NoticeStates {
  const edition = JsonPath.stringAt('$.edition');
  const fetch = `npm run report -- archive fetch --env ${environment} --edition {}`;
  const approve = `npm run report -- approve --env ${environment} --edition {} --because "…"`;
  const status = `npm run report -- status --env ${environment} --edition {}`;
  const notice = (id: string, subject: string, lines: readonly string[], values: readonly string[]) =>
    new SnsPublish(scope, id, {
      topic,
      subject: JsonPath.format(`Open Model Balance ${environment}: ${subject}`, edition),
      message: TaskInput.fromText(JsonPath.format(lines.join('\n'), ...values)),
      resultPath: JsonPath.DISCARD,
    });
  const onHold = (id: string, reasons: string | null) =>
    notice(
      id,
      '{} is held',
      [
        'The edition {} is held for a person. Why:',
        '',
        reasons === null ? 'Nobody has approved exactly these bytes.' : '{}',
        '',
        'Look at the draft:',
        `  ${fetch}`,
        'Let it go out, as it is, at once:',
        `  ${approve}`,
        '',
        'Runbook: infra/RUNBOOK.md#a-held-edition',
      ],
      [edition, ...(reasons === null ? [] : [reasons]), edition, edition],
    );
  return {
    draft: notice(
      'Tell that the draft is ready',
      'the draft of {} is ready',
      [
        'The draft of {} is ready (verdict: {}). Words and charts may change until it is published.',
        '',
        'Look at it:',
        `  ${fetch}`,
      ],
      [edition, JsonPath.stringAt('$.check.decision'), edition],
    ),
    held: onHold('Tell that it is held', JsonPath.stringAt('$.check.reasons')),
    heldAtPublication: onHold('Tell that it is held still', null),
    refused: notice(
      'Tell that it is refused',
      '{} is refused',
      [
        'The edition {} is refused: it may not go out as it is. Why:',
        '',
        '{}',
        '',
        'See the run:',
        `  ${status}`,
        '',
        'Runbook: infra/RUNBOOK.md#a-refused-edition',
      ],
      [edition, JsonPath.stringAt('$.check.reasons'), edition],
    ),
    published: notice(
      'Tell that it is published',
      '{} is published',
      ['The edition {} is published as {}.', '', `  ${status}`],
      [edition, JsonPath.stringAt('$.published.revision'), edition],
    ),
  };
}
