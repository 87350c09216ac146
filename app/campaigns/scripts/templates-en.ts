import type { TemplateId, TemplateTexts } from './script-templates.ts';

const OPEN = { type: 'free_text', scale_min: null, scale_max: null } as const;
const NUMBER = { type: 'numeric', scale_min: null, scale_max: null } as const;
const FIVE = { type: 'scale', scale_min: 1, scale_max: 5 } as const;
const TEN = { type: 'scale', scale_min: 0, scale_max: 10 } as const;

/** The ready scripts in English. */
export const TEMPLATES_EN: Record<TemplateId, TemplateTexts> = {
  customer_satisfaction: {
    name: 'Customer satisfaction',
    description: 'How satisfied people are, whether they would recommend you, and what to improve first.',
    purpose: 'how satisfied you are with our service',
    duration_minutes: 2,
    questions: [
      {
        text: 'On a scale from 1 to 5, where 1 means very dissatisfied and 5 means very satisfied: how satisfied are you with our service overall?',
        ...FIVE,
      },
      {
        text: 'On a scale from 0 to 10: how likely are you to recommend us to a friend or colleague?',
        ...TEN,
      },
      { text: 'What is the one thing that we should improve first?', ...OPEN },
    ],
  },
  event_follow_up: {
    name: 'Event follow-up',
    description: 'What people thought of an event, and whether they come again.',
    purpose: 'the event that you recently attended with us',
    duration_minutes: 2,
    questions: [
      {
        text: 'On a scale from 1 to 5, where 1 means poor and 5 means excellent: how would you rate the event overall?',
        ...FIVE,
      },
      {
        text: 'How many of our events have you attended in the last twelve months, this one included?',
        ...NUMBER,
      },
      { text: 'What would have made the event better for you?', ...OPEN },
    ],
  },
  service_check: {
    name: 'Service check',
    description: 'Whether a request was solved, how much effort it took, and what is still open.',
    purpose: 'the request that you recently made to our customer service',
    duration_minutes: 2,
    questions: [
      {
        text: 'On a scale from 1 to 5, where 1 means not at all and 5 means completely: how well was your request solved?',
        ...FIVE,
      },
      { text: 'How many times did you have to contact us about it?', ...NUMBER },
      { text: 'Is there anything about it that still has to be put right?', ...OPEN },
    ],
  },
};
