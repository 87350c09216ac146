import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  QueueDoesNotExist,
  ReceiveMessageCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { DEAD_AFTER } from './bus.ts';

const FOURTEEN_DAYS = String(14 * 86_400);

type Redrive = { deadLetterTargetArn: string; maxReceiveCount: number };

/**
 * Brings the queue and its dead-letter queue to what this application needs: made where missing, kept for fourteen days,
 * moved aside after five deliveries in vain. The dead-letter queue has the queue's name with `-dead`.
 */
export async function prepareQueues(sqs: SQSClient, queue_url: string): Promise<void> {
  const name = queue_url.split('/').at(-1) as string;
  const isFifo = name.endsWith('.fifo');
  const deadName = isFifo ? name.replace(/\.fifo$/, '-dead.fifo') : `${name}-dead`;
  const kind: Record<string, string> = isFifo ? { FifoQueue: 'true' } : {};
  const kept = { MessageRetentionPeriod: FOURTEEN_DAYS };
  const dead = await sqs.send(
    new CreateQueueCommand({ QueueName: deadName, Attributes: { ...kind, ...kept } }),
  );
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: dead.QueueUrl, AttributeNames: ['QueueArn'] }),
  );
  const policy: Redrive = {
    deadLetterTargetArn: Attributes?.QueueArn as string,
    maxReceiveCount: DEAD_AFTER,
  };
  const wanted = { ...kept, RedrivePolicy: JSON.stringify(policy) };
  if ((await redriveOf(sqs, queue_url)) === undefined) {
    await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes: { ...kind, ...wanted } }));
  } else {
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl: queue_url, Attributes: wanted }));
  }
}

/** Waiting messages; those in the dead-letter queue are counted by the cloud's own metrics. Throws without a policy. */
export async function queueDepth(sqs: SQSClient, queue_url: string) {
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl: queue_url,
      AttributeNames: ['ApproximateNumberOfMessages', 'RedrivePolicy'],
    }),
  );
  if (!Attributes?.RedrivePolicy) throw new Error('the queue has no dead-letter queue: run queues');
  return { waiting: Number(Attributes.ApproximateNumberOfMessages ?? 0), dead: null };
}

/**
 * Moves the dead letters back to the queue, each sent before it is deleted; answers how many. By hand and not by SQS's
 * own move: that drops from a FIFO queue, unseen, what was first sent less than five minutes ago.
 */
export async function redriveDeadLetters(sqs: SQSClient, queue_url: string): Promise<number> {
  const policy = await redriveOf(sqs, queue_url);
  if (!policy) throw new Error('the queue has no dead-letter queue: run queues');
  const QueueName = policy.deadLetterTargetArn.split(':').at(-1);
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName }));
  const all = { MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] };
  for (let moved = 0; ; ) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, ...all, MessageSystemAttributeNames: ['MessageGroupId'] }),
    );
    if (Messages.length === 0) return moved;
    for (const { MessageId, Body, MessageAttributes, Attributes, ReceiptHandle } of Messages) {
      const MessageGroupId = Attributes?.MessageGroupId;
      const inOrder = MessageGroupId
        ? { MessageGroupId, MessageDeduplicationId: `again-${MessageId}-${Date.now()}` }
        : {};
      const again = { QueueUrl: queue_url, MessageBody: Body, MessageAttributes, ...inOrder };
      await sqs.send(new SendMessageCommand(again));
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
      moved += 1;
    }
  }
}

/** The queue's policy, null where it has none, undefined where there is no such queue. */
async function redriveOf(sqs: SQSClient, queue_url: string): Promise<Redrive | null | undefined> {
  try {
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: queue_url, AttributeNames: ['RedrivePolicy'] }),
    );
    return Attributes?.RedrivePolicy ? (JSON.parse(Attributes.RedrivePolicy) as Redrive) : null;
  } catch (error) {
    if (error instanceof QueueDoesNotExist) return undefined;
    throw error;
  }
}
