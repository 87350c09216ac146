import { Badge, type MantineColor } from '@mantine/core';
import {
  Ban,
  CalendarClock,
  CheckCircle2,
  CircleDashed,
  CirclePause,
  CircleSlash,
  type LucideIcon,
  PencilLine,
  PhoneCall,
  PhoneMissed,
  PhoneOff,
  Radio,
  TriangleAlert,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { CallOutcome, CampaignStatus, ContactState } from '../lib/api/model.ts';
import { STATE_COLOR } from './state-color.ts';

type Look = [MantineColor, LucideIcon];

const CAMPAIGN = {
  draft: ['gray', PencilLine],
  scheduled: ['blue', CalendarClock],
  running: ['green', Radio],
  paused: ['orange', CirclePause],
  completed: ['indigo', CheckCircle2],
  cancelled: ['gray', CircleSlash],
} satisfies Record<CampaignStatus, Look>;

const CONTACT = {
  pending: [STATE_COLOR.pending, CircleDashed],
  in_progress: [STATE_COLOR.in_progress, PhoneCall],
  completed: [STATE_COLOR.completed, CheckCircle2],
  refused: [STATE_COLOR.refused, PhoneOff],
  not_reached: [STATE_COLOR.not_reached, PhoneMissed],
  excluded: [STATE_COLOR.excluded, Ban],
} satisfies Record<ContactState, Look>;

const OUTCOME = {
  completed: ['green', CheckCircle2],
  refused: ['orange', PhoneOff],
  no_answer: ['grape', PhoneMissed],
  busy: ['pink', CircleSlash],
  failed: ['red', TriangleAlert],
} satisfies Record<CallOutcome, Look>;

/** A state as icon, word and colour; its word is never cut. */
export function Mark({ look: [color, Icon], label }: { look: Look; label: string }) {
  return (
    <Badge
      color={color}
      variant="light"
      tt="none"
      fw={600}
      miw="max-content"
      leftSection={<Icon size={13} aria-hidden />}
    >
      {label}
    </Badge>
  );
}

/** A campaign's status: icon, word and colour, never colour alone. */
export function CampaignBadge({ status }: { status: CampaignStatus }) {
  const { t } = useTranslation();
  return <Mark look={CAMPAIGN[status]} label={t(`campaign_status.${status}`)} />;
}

/** A contact's state: icon, word and colour. */
export function ContactBadge({ state }: { state: ContactState }) {
  const { t } = useTranslation();
  return <Mark look={CONTACT[state]} label={t(`contact_state.${state}`)} />;
}

/** A call's outcome; a call without one is still live. */
export function OutcomeBadge({ outcome }: { outcome: CallOutcome | null }) {
  const { t } = useTranslation();
  if (outcome === null) return <Mark look={['blue', PhoneCall]} label={t('call_live')} />;
  return <Mark look={OUTCOME[outcome]} label={t(`call_outcome.${outcome}`)} />;
}
