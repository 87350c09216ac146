import { asProviderError, type Client, NOT_FOUND } from './rest.ts';

const isGone = (error: unknown) => (error as { code?: unknown }).code === NOT_FOUND;

/**
 * Deletes a call's recordings, or the call's own record after them, and looks once more: only what Twilio itself no
 * longer finds is gone. A call that is still live is refused by Twilio and so asked for again later.
 */
export async function eraseCopy(
  client: Client,
  { provider_call_id, copy }: { provider_call_id: string; copy: 'call' | 'recording' },
): Promise<void> {
  try {
    await eraseRecordings(client, provider_call_id);
    if (copy === 'call') await eraseCall(client, provider_call_id);
  } catch (error) {
    throw asProviderError(error);
  }
}

async function eraseRecordings(client: Client, sid: string): Promise<void> {
  const recordings = await recordingsOf(client, sid);
  for (const recording of recordings) {
    await client
      .recordings(recording)
      .remove()
      .catch((error: unknown) => {
        if (!isGone(error)) throw error;
      });
  }
  if (recordings.length > 0 && (await recordingsOf(client, sid)).length > 0) throw { code: 'still_there' };
}

async function recordingsOf(client: Client, sid: string): Promise<string[]> {
  try {
    const found = await client.calls(sid).recordings.list({ limit: 1_000 });
    return found.map((recording) => recording.sid);
  } catch (error) {
    // A call that Twilio does not know has no recordings there.
    if (isGone(error)) return [];
    throw error;
  }
}

async function eraseCall(client: Client, sid: string): Promise<void> {
  try {
    await client.calls(sid).remove();
    await client.calls(sid).fetch();
  } catch (error) {
    if (isGone(error)) return;
    throw error;
  }
  throw { code: 'still_there' };
}
