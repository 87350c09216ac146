import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the server does with one question: the text of its answer, or a status without one, after a while. */
export type ModelReply = { content?: string; status?: number; delay_ms?: number };
export type ModelQuestion = {
  path: string;
  headers: IncomingMessage['headers'];
  body: Record<string, unknown>;
  /** The JSON value that the interpreter sent about the utterance. */
  asked: { utterance: string; asked_for: string; language: string };
};

/** A language model on this machine, in the dialects of the vendors, whose every answer is given by the test. */
export async function languageModelServer(reply: (question: ModelQuestion) => ModelReply) {
  const questions: ModelQuestion[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>;
      const { url: path = '', headers } = request;
      const question = { path, headers, body, asked: JSON.parse(lastUserText(body)) };
      questions.push(question);
      const { content = '', status = 200, delay_ms = 0 } = reply(question);
      setTimeout(() => {
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(
          status === 200 ? JSON.stringify(inDialect(path, content)) : '{"error":{"message":"no"}}',
        );
      }, delay_ms);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    questions,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

type Part = { text?: string };
type Message = { role: string; content?: string | Part[]; parts?: Part[] };

function lastUserText(body: Record<string, unknown>): string {
  const messages = (body.messages ?? body.contents) as Message[];
  const { content, parts } = messages.filter(({ role }) => role === 'user').at(-1)!;
  return typeof content === 'string' ? content : ((content ?? parts)?.[0]?.text ?? '');
}

function inDialect(path: string, content: string): object {
  if (path.includes('/messages')) {
    return {
      id: 'm',
      type: 'message',
      role: 'assistant',
      model: 'm',
      content: [{ type: 'text', text: content }],
      stop_reason: 'end_turn',
      usage: { input_tokens: 1, output_tokens: 1 },
    };
  }
  if (path.includes(':generateContent')) {
    return {
      candidates: [{ content: { role: 'model', parts: [{ text: content }] }, finishReason: 'STOP' }],
      usageMetadata: { promptTokenCount: 1, candidatesTokenCount: 1, totalTokenCount: 2 },
    };
  }
  return {
    id: 'c',
    object: 'chat.completion',
    created: 1,
    model: 'm',
    choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
  };
}
