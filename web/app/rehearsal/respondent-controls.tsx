import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { Mic, PhoneOff, SendHorizontal, Square, Voicemail, VolumeX } from 'lucide-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Rehearsal, RehearsalTurn } from '../../lib/api/model.ts';
import { KeyPadButton } from './key-pad-button.tsx';
import { useSpeech } from './use-speech.ts';

const LONGEST_WORDS = 1000;

type Props = {
  rehearsal: Rehearsal;
  waiting: NonNullable<Rehearsal['waiting_for']>;
  isBusy: boolean;
  onTurn(turn: RehearsalTurn): Promise<unknown>;
};

/** Everything a person on the phone can do: say something, press keys, keep silent, hang up, or be a machine. */
export function RespondentControls({ rehearsal, waiting, isBusy, onTurn }: Props) {
  const { t } = useTranslation();
  const [words, setWords] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const take = async (turn: RehearsalTurn) => {
    if (isBusy) return;
    if (turn.text) setWords('');
    await onTurn(turn).catch(() => {
      // What did not arrive comes back; the problem is told beside the conversation.
      setWords((typed) => typed || (turn.text ?? ''));
    });
    field.current?.focus();
  };
  const say = (event: FormEvent) => {
    event.preventDefault();
    if (words.trim() !== '') void take({ text: words });
  };
  // Begun a moment ago: the respondent speaks next.
  useEffect(() => field.current?.focus({ preventScroll: true }), []);
  return (
    <Stack gap="sm">
      <form onSubmit={say}>
        <Group align="flex-end" gap="xs" wrap="nowrap">
          <TextInput
            ref={field}
            flex={1}
            label={t('rehearsal.say')}
            placeholder={t(
              waiting.context === 'consent'
                ? 'rehearsal.say_example_consent'
                : 'rehearsal.say_example_question',
              { lng: rehearsal.language },
            )}
            lang={rehearsal.language}
            maxLength={LONGEST_WORDS}
            autoComplete="off"
            value={words}
            onChange={(event) => setWords(event.currentTarget.value)}
          />
          <Button
            type="submit"
            loading={isBusy}
            aria-disabled={words.trim() === ''}
            leftSection={<SendHorizontal size={16} aria-hidden />}
          >
            {t('rehearsal.send')}
          </Button>
        </Group>
      </form>
      <Group gap="xs">
        <VoiceButton language={rehearsal.language} onWords={(text) => void take({ text })} />
        <KeyPadButton context={waiting.context} onKeys={(keys) => void take({ keys })} />
        {(
          [
            ['silence', VolumeX],
            ['machine', Voicemail],
            ['hang_up', PhoneOff],
          ] as const
        ).map(([event, Icon]) => (
          <Button
            key={event}
            size="xs"
            variant="default"
            leftSection={<Icon size={14} aria-hidden />}
            onClick={() => void take({ event })}
          >
            {t(`rehearsal.${event}`)}
          </Button>
        ))}
      </Group>
    </Stack>
  );
}

/** Only where the browser can hear; once it could not, the button gives way to the reason. */
function VoiceButton({ language, onWords }: { language: 'en' | 'it'; onWords(words: string): void }) {
  const { t } = useTranslation();
  const speech = useSpeech(language, onWords);
  if (!speech.isPossible) return null;
  if (speech.hasFailed) {
    return (
      <Text size="xs" c="dimmed" role="status">
        {t('rehearsal.speak_failed')}
      </Text>
    );
  }
  const Icon = speech.isListening ? Square : Mic;
  return (
    <Button
      size="xs"
      variant={speech.isListening ? 'filled' : 'default'}
      color={speech.isListening ? 'red' : undefined}
      title={t('rehearsal.speak_hint')}
      leftSection={<Icon size={14} aria-hidden />}
      onClick={speech.toggle}
    >
      {t(speech.isListening ? 'rehearsal.speaking' : 'rehearsal.speak')}
    </Button>
  );
}
