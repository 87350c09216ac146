import { conformance } from './conformance.ts';
import { startTwilio } from './twilio-under-test.ts';

conformance('twilio', 'telephony_api', startTwilio);
