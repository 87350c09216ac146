import { Anchor, Box, Button, Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Section } from '../../components/section.tsx';
import { OutcomeBadge } from '../../components/status-badge.tsx';
import type { HeardCall } from '../../lib/api/use-campaign-stream.ts';
import { useFormat } from '../../lib/i18n/format.ts';
import { useLabel } from '../../lib/i18n/use-label.ts';
import classes from './live-section.module.css';

const SHOWN = 8;
// Of an ended call its outcome says more.
const UNSAID = ['dialled', 'answered', 'completed'];

/** What the telephones do at this moment. Under a pointer or the keyboard nothing moves: news waits until it is asked for. */
export function LiveSection({ calls, isLive }: { calls: HeardCall[]; isLive: boolean }) {
  const { t } = useTranslation();
  const [held, setHeld] = useState<HeardCall[] | null>(null);
  const shown = (held ?? calls).slice(0, SHOWN);
  const news = held === null ? 0 : calls.filter((call) => !held.includes(call)).length;
  const hold = () => setHeld((before) => before ?? calls);
  return (
    <Section
      title={t('feed.title')}
      hint={t(isLive ? 'feed.hint' : 'feed.waiting')}
      minHeight={420}
      aside={
        news > 0 && (
          <Button size="compact-sm" variant="light" onClick={() => setHeld(calls)}>
            {t('feed.news', { count: news })}
          </Button>
        )
      }
    >
      {shown.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('feed.none')}
        </Text>
      ) : (
        <Box
          component="ul"
          className={classes.feed}
          onPointerEnter={hold}
          onPointerLeave={() => setHeld(null)}
          onFocus={hold}
          onBlur={({ currentTarget, relatedTarget }) => {
            if (!currentTarget.contains(relatedTarget)) setHeld(null);
          }}
        >
          {shown.map((call) => (
            <FeedLine key={call.call_id} call={call} />
          ))}
        </Box>
      )}
    </Section>
  );
}

function FeedLine({ call }: { call: HeardCall }) {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useLabel();
  return (
    <li className={classes.line}>
      <Text size="sm" c="dimmed" className={classes.time}>
        {format.time(call.heard_at)}
      </Text>
      <Group gap="sm" wrap="wrap">
        <OutcomeBadge outcome={call.outcome} />
        {!(call.outcome !== null && UNSAID.includes(call.step)) && (
          <Text size="sm">
            {call.step === 'dialled' && call.provider_status !== null
              ? label('call_event', call.provider_status)
              : label('funnel', call.step)}
          </Text>
        )}
      </Group>
      <Anchor
        component={Link}
        to="/calls/$call_id"
        params={{ call_id: call.call_id } as never}
        size="sm"
        aria-label={t('feed.open', { time: format.time(call.heard_at) })}
      >
        {t('feed.call')}
      </Anchor>
    </li>
  );
}
