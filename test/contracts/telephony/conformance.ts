import { afterAll, afterEach, beforeAll, describe } from 'vitest';
import type { AdapterUnderTest, StartAdapter } from './adapter-under-test.ts';
import { asking } from './asking.ts';
import { conversing } from './conversing.ts';
import { placing } from './placing.ts';
import { settling } from './settling.ts';
import { webhooks } from './webhooks.ts';

/** What every adapter promises; `telephony_api` ones lead the conversation over our socket besides. */
export function conformance(
  name: string,
  provider_type: 'telephony_api' | 'voice_ai_platform',
  start: StartAdapter,
): void {
  describe(`${name}, before its vendor`, () => {
    let adapter: AdapterUnderTest;
    beforeAll(async () => {
      adapter = await start('http://localhost:3000');
    });
    afterEach(() => {
      adapter.wire.fault = null;
    });
    afterAll(() => adapter.stop());
    const adapterOf = () => adapter;
    placing(adapterOf);
    asking(adapterOf);
    webhooks(adapterOf);
    if (provider_type === 'telephony_api') conversing(adapterOf);
  });
  describe(`${name}, before its vendor and the application`, () => settling(start));
}
