import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { Search } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';

type Props = { label: string; value: string | undefined; onChange(value: string | undefined): void };

/** A search that waits until typing pauses; what is typed is never overwritten by what the address says meanwhile. */
export function SearchField({ label, value, onChange }: Props) {
  const [typed, setTyped] = useState(value ?? '');
  const sent = useRef(value ?? '');
  const send = useDebouncedCallback((text: string) => {
    sent.current = text;
    onChange(text === '' ? undefined : text);
  }, 300);
  useEffect(() => {
    if ((value ?? '') === sent.current) return;
    sent.current = value ?? '';
    setTyped(value ?? '');
  }, [value]);
  return (
    <TextInput
      type="search"
      aria-label={label}
      placeholder={label}
      leftSection={<Search size={16} aria-hidden />}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        send(event.currentTarget.value.trim());
      }}
      w={{ base: '100%', xs: 260 }}
    />
  );
}
