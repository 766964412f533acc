import { z } from 'zod';
import { ACCOUNT, ask, REGION, text, texts } from './ask.ts';
import type { Cloud } from './cloud.ts';
import type { Credentials } from './signature.ts';

const notice = z.object({ Message: z.string(), Subject: z.string().nullish() });

/** A queue that hears what people are told: a subscriber of the topic of notices. */
export class Notices {
  readonly #ask: (service: 'sns' | 'sqs', parameters: Record<string, string>) => Promise<string>;
  readonly #queue: string;

  private constructor(
    asking: (service: 'sns' | 'sqs', parameters: Record<string, string>) => Promise<string>,
    queue: string,
  ) {
    this.#ask = asking;
    this.#queue = queue;
  }

  static async of(cloud: Cloud, credentials?: Credentials): Promise<Notices> {
    const asking = (service: 'sns' | 'sqs', parameters: Record<string, string>) =>
      ask(cloud.gateway.endpoint, service, parameters, credentials);
    const queue = text(await asking('sqs', { Action: 'CreateQueue', QueueName: 'people' }), 'QueueUrl');
    const Endpoint = `arn:aws:sqs:${REGION}:${ACCOUNT}:people`;
    const TopicArn = cloud.output('NoticesTopicArn');
    await asking('sns', { Action: 'Subscribe', TopicArn, Protocol: 'sqs', Endpoint });
    return new Notices(asking, queue);
  }

  /** What arrived since it was last asked: subject and text in one. */
  async received(): Promise<string[]> {
    const all: string[] = [];
    for (;;) {
      const answer = await this.#ask('sqs', {
        Action: 'ReceiveMessage',
        QueueUrl: this.#queue,
        MaxNumberOfMessages: '10',
      });
      const bodies = texts(answer, 'Body');
      if (bodies.length === 0) return all;
      for (const ReceiptHandle of texts(answer, 'ReceiptHandle'))
        await this.#ask('sqs', { Action: 'DeleteMessage', QueueUrl: this.#queue, ReceiptHandle });
      for (const body of bodies) {
        const { Message, Subject } = notice.parse(JSON.parse(body));
        all.push(`${Subject ?? ''}\n${Message}`);
      }
    }
  }
}
