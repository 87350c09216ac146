import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import WebSocket from 'ws';
import { languageModelServer } from '../test/support/language-model-server.ts';
import { type Bench, percentile, type Report, round } from './report.ts';
import { AUTH_TOKEN, startApplication } from './support/application.ts';
import { type LiveCall, liveCalls } from './support/live-calls.ts';

type Application = Awaited<ReturnType<typeof startApplication>>;

const CALLS = [1, 50, 100, 200];
const WORDS = ['Yes, sure.', 'Four.', 'Three.', 'Longer opening hours.'];
// People answer when they have thought, not all at the same instant.
const THINKING_MS = 2_000;
const MODEL_MS = 200;
const ECHO = `
  const { WebSocketServer } = require('ws');
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' }, () =>
    require('node:worker_threads').parentPort.postMessage(server.address().port));
  server.on('connection', (socket) => socket.on('message', (data) => socket.send(String(data))));`;

/**
 * From the final words of a respondent to the first text of the reply, over real sockets, with so many calls at once;
 * beside it the same over an echo server. Then the same with a model that answers after a fixed time.
 */
export const bench: Bench = async ({ print: report }) => {
  const application = await startApplication();
  const echo = new Worker(ECHO, { eval: true });
  const [echoPort] = (await once(echo, 'message')) as [number];
  const model = await languageModelServer(({ asked }) => ({
    delay_ms: MODEL_MS,
    content: JSON.stringify({
      label: asked.asked_for === 'consent' ? 'yes' : 'answer',
      value: null,
      quote: asked.utterance,
      confidence: 1,
    }),
  }));
  try {
    await measure(application, 5); // warm
    for (const calls of CALLS) {
      const echoed = await measureEcho(echoPort, calls);
      row(report, 'rules', calls, await measure(application, calls), echoed);
    }
    await application.pool.query(
      `update provider_config set llm_provider = 'openai-compatible', llm_model = 'local', llm_base_url = $1,
        updated_at = now()`,
      [model.url],
    );
    await delay(2_500); // settings are read again after two seconds
    await measure(application, 5);
    const echoed = await measureEcho(echoPort, 100);
    row(report, `model answering after ${MODEL_MS} ms`, 100, await measure(application, 100), echoed);
  } finally {
    await echo.terminate();
    await model.close();
    await application.stop();
  }
};

function row(
  report: (row: Report) => void,
  interpreter: string,
  calls: number,
  turns: number[],
  echoed: number[],
): void {
  const [p95_ms, echo_p95_ms] = [round(percentile(turns, 0.95)), round(percentile(echoed, 0.95))];
  report({
    what: `${interpreter}, ${calls} calls at once`,
    calls,
    turns: turns.length,
    p50_ms: round(percentile(turns, 0.5)),
    p95_ms,
    echo_p50_ms: round(percentile(echoed, 0.5)),
    echo_p95_ms,
    above_echo_p95_ms: round(p95_ms - echo_p95_ms),
  });
}

async function measure(application: Application, count: number): Promise<number[]> {
  const calls = await liveCalls(application.pool, count);
  const measured = await Promise.all(calls.map((call) => converse(application, call)));
  return measured.flat();
}

/** One call from its document to the last reply; how long each reply took. */
async function converse({ origin }: Application, call: LiveCall): Promise<number[]> {
  const token = await fetchToken(origin, call);
  const url = `${origin.replace('http', 'ws')}/webhooks/telephony/conversation`;
  const headers = { 'x-twilio-signature': getExpectedTwilioSignature(AUTH_TOKEN, url, {}) };
  const socket = new WebSocket(url, { headers });
  await once(socket, 'open');
  const send = (frame: object) => socket.send(JSON.stringify(frame));
  let reply = nextText(socket);
  send({ type: 'setup', callSid: call.provider_call_id, customParameters: { token } });
  const latencies: number[] = [];
  for (const voicePrompt of WORDS) {
    send({ type: 'info', name: 'tokensPlayed', value: await reply });
    await delay(200 + Math.random() * THINKING_MS);
    reply = nextText(socket);
    const saidMs = performance.now();
    send({ type: 'prompt', voicePrompt, lang: 'en-US', last: true });
    await reply;
    latencies.push(performance.now() - saidMs);
  }
  socket.terminate();
  return latencies;
}

async function fetchToken(origin: string, call: LiveCall): Promise<string> {
  const form = { CallSid: call.provider_call_id, CallStatus: 'in-progress' };
  const url = `${origin}/webhooks/telephony/answer?call_id=${call.call_id}`;
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': getExpectedTwilioSignature(AUTH_TOKEN, url, form),
    },
    body: new URLSearchParams(form).toString(),
  });
  const token = /name="token" value="([^"]+)"/.exec(await response.text())?.[1];
  if (!token) throw new Error(`no document for a call: ${response.status}`);
  return token;
}

/** The text of the next frame that is spoken. */
function nextText(socket: WebSocket): Promise<string> {
  return new Promise((resolve, reject) => {
    const onMessage = (data: WebSocket.RawData) => {
      const frame = JSON.parse(String(data)) as { type: string; token: string };
      if (frame.type !== 'text') return;
      socket.off('message', onMessage);
      socket.off('close', onClose);
      resolve(frame.token);
    };
    const onClose = (code: number) => reject(new Error(`the socket was closed with ${code}`));
    socket.on('message', onMessage);
    socket.once('close', onClose);
  });
}

async function measureEcho(port: number, count: number): Promise<number[]> {
  const one = async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}`);
    await once(socket, 'open');
    const latencies: number[] = [];
    for (const token of WORDS) {
      await delay(200 + Math.random() * THINKING_MS);
      const sentMs = performance.now();
      const reply = nextText(socket);
      socket.send(JSON.stringify({ type: 'text', token }));
      await reply;
      latencies.push(performance.now() - sentMs);
    }
    socket.terminate();
    return latencies;
  };
  return (await Promise.all(Array.from({ length: count }, one))).flat();
}
