import { describe } from 'vitest';
import { followingConformance } from './following.ts';
import { placingConformance } from './placing.ts';
import { settlingConformance } from './settling.ts';
import { twilioVendor } from './twilio-vendor.ts';

describe('twilio: the dial', () => placingConformance(twilioVendor));
describe('twilio: facts, questions and orders', () => followingConformance(twilioVendor));
describe('twilio: what becomes of a call', () => settlingConformance());
