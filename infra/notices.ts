import { Stack } from 'aws-cdk-lib';
import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { Environment } from './environments.ts';
import { acknowledge } from './nag.ts';

/** Where people are told: drafts that are ready, held and refused editions, published ones, and every alarm. */
export class Notices extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, environment: Environment) {
    super(scope, id);
    this.topic = new Topic(this, 'Topic', {
      displayName: `Open Model Balance ${environment.name}`,
      enforceSSL: true,
    });
    // A topic with a policy of its own has lost the one that let alarms publish, and none would ring.
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsOfThisAccountPublish',
        effect: Effect.ALLOW,
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
    for (const address of environment.alertEmails) this.topic.addSubscription(new EmailSubscription(address));
    acknowledge(
      this.topic,
      'AwsSolutions-SNS2',
      'Alarms cannot publish to a topic under the AWS-managed key, and a notice holds nothing secret: an edition, its reasons, a command.',
    );
    acknowledge(
      this.topic,
      'Serverless-SNSRedrivePolicy',
      'Its readers are people’s mailboxes; a state machine and alarms keep what was said.',
    );
  }
}
