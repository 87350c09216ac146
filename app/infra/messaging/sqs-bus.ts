import http from 'node:http';
import https from 'node:https';
import {
  type Message,
  SendMessageBatchCommand,
  type SendMessageBatchRequestEntry,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { Consumer } from 'sqs-consumer';
import type { Bus, BusMessage, Handle, Received } from './bus.ts';
import { prepareQueues, queueDepth, redriveDeadLetters } from './sqs-queues.ts';

export type SqsBusOptions = {
  queue_url: string;
  /** Where the service is, when it is not where the region says. */
  base_url: string | null;
  timeoutMs: number;
  visibility_seconds: number;
  schema_version: string;
  log: { error(fields: object, text: string): void };
};

// The service's own limits: ten messages a request, 1 MiB in all (256 KiB until 2025; we stay below the older one).
const BATCH = 10;
const BATCH_BYTES = 250_000;
const LONG_POLL_SECONDS = 20;
const PAUSE_AFTER_FAILURE_MS = 2_000;
// Requests under way at once: one alone would wait a round trip for every ten messages.
const SENDERS = 8;

/** A client for SQS; credentials and region come by the usual chain of AWS. */
function sqsClient({ base_url, timeoutMs }: Pick<SqsBusOptions, 'base_url' | 'timeoutMs'>): SQSClient {
  return new SQSClient({
    ...(base_url ? { endpoint: base_url } : {}),
    // The queue's address names the public host; a given base URL goes before it.
    useQueueUrlAsEndpoint: base_url === null,
    requestHandler: {
      connectionTimeout: timeoutMs,
      // These go through the proxy where there is one.
      httpAgent: http.globalAgent,
      httpsAgent: https.globalAgent,
      // A long poll answers nothing for as long as it waits.
      requestTimeout: LONG_POLL_SECONDS * 1_000 + timeoutMs,
    },
  });
}

/** The bus on Amazon SQS, standard or FIFO (told by the queue's name). Dead letters are the queue's redrive policy. */
export function sqsBus(options: SqsBusOptions): Bus {
  const sqs = sqsClient(options);
  return {
    publish: async (messages) => {
      const batches = inBatches(options, messages);
      const taken: string[] = [];
      const sender = async () => {
        for (let batch = batches.shift(); batch; batch = batches.shift())
          taken.push(...(await send(sqs, options, batch)));
      };
      await Promise.all(Array.from({ length: Math.min(SENDERS, batches.length) }, sender));
      return taken;
    },
    consume: (handle, signal) => consume(sqs, options, handle, signal),
    depth: () => queueDepth(sqs, options.queue_url),
    redrive: () => redriveDeadLetters(sqs, options.queue_url),
    prepare: () => prepareQueues(sqs, options.queue_url),
    close: async () => sqs.destroy(),
  };
}

async function send(sqs: SQSClient, options: SqsBusOptions, Entries: SendMessageBatchRequestEntry[]) {
  const { Successful = [], Failed = [] } = await sqs.send(
    new SendMessageBatchCommand({ QueueUrl: options.queue_url, Entries }),
    { abortSignal: AbortSignal.timeout(options.timeoutMs) },
  );
  for (const { Code, SenderFault } of Failed) {
    options.log.error({ code: Code, sender_fault: SenderFault }, 'the queue did not take a message');
  }
  return Successful.map(({ Id }) => Id as string);
}

/** SQS refuses some characters that JSON and speech recognition allow; as escapes all of them pass. */
function inAscii(json: string): string {
  return json.replace(/[\u007f-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** In the order given, at most ten and not too large; the id within a batch is the message's key. */
function inBatches({ queue_url, schema_version }: SqsBusOptions, messages: BusMessage[]) {
  const isFifo = queue_url.endsWith('.fifo');
  const batches: SendMessageBatchRequestEntry[][] = [];
  let bytes = 0;
  for (const { key, group, body } of messages) {
    const MessageBody = inAscii(JSON.stringify(body));
    const size = Buffer.byteLength(MessageBody) + 200;
    const last = batches.at(-1);
    const entry = {
      Id: key,
      MessageBody,
      MessageAttributes: {
        message_key: { DataType: 'String', StringValue: key },
        schema_version: { DataType: 'String', StringValue: schema_version },
      },
      // A repeat within five minutes is dropped by the queue itself; after that the inbox drops it.
      ...(isFifo ? { MessageGroupId: group, MessageDeduplicationId: key } : {}),
    };
    if (!last || last.length === BATCH || bytes + size > BATCH_BYTES) {
      batches.push([entry]);
      bytes = size;
    } else {
      last.push(entry);
      bytes += size;
    }
  }
  return batches;
}

/** Long polls, keeps a batch invisible while it is dealt with, deletes what is done; the rest comes again. */
async function consume(sqs: SQSClient, options: SqsBusOptions, handle: Handle, signal: AbortSignal) {
  let isBusy = false;
  const consumer = Consumer.create({
    sqs,
    queueUrl: options.queue_url,
    suppressFifoWarning: true, // order within a group is the queue's: an undeleted message holds up its group
    batchSize: BATCH,
    waitTimeSeconds: LONG_POLL_SECONDS,
    visibilityTimeout: options.visibility_seconds,
    heartbeatInterval: Math.max(options.visibility_seconds / 3, 0.3),
    authenticationErrorTimeout: PAUSE_AFTER_FAILURE_MS,
    messageAttributeNames: ['message_key'],
    messageSystemAttributeNames: ['ApproximateReceiveCount'],
    handleMessageBatch: async (messages) => {
      isBusy = true;
      const done = new Set(await handle(messages.map(received)));
      return messages.filter(({ MessageId }) => done.has(MessageId as string));
    },
  });
  const failed = (error: unknown) => {
    if (!signal.aborted) options.log.error({ err: error }, 'messages could not be taken off the bus');
  };
  consumer.on('error', failed);
  consumer.on('processing_error', failed);
  await new Promise<void>((resolve) => {
    consumer.on('stopped', () => resolve());
    // A long poll is broken off; a batch that is being dealt with is finished and deleted first.
    const stop = () => consumer.stop({ abort: true });
    consumer.on('response_processed', () => {
      isBusy = false;
      if (signal.aborted) stop();
    });
    signal.addEventListener('abort', () => isBusy || stop(), { once: true });
    if (signal.aborted) return resolve();
    consumer.start();
  });
}

function received({ MessageId, Body, MessageAttributes, Attributes }: Message): Received {
  const id = MessageId as string;
  return {
    id,
    key: MessageAttributes?.message_key?.StringValue ?? id,
    body: bodyOf(Body),
    receive_count: Number(Attributes?.ApproximateReceiveCount ?? 1),
  };
}

/** What is no JSON is nobody's message: it is left to become a dead letter. */
function bodyOf(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return null;
  }
}
