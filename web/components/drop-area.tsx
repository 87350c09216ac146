import { Button, FileButton, Stack, Text } from '@mantine/core';
import { FileUp } from 'lucide-react';
import { type DragEvent, useRef, useState } from 'react';
import classes from './drop-area.module.css';

type Props = { accept: string; title: string; text: string; button: string; onFile(file: File): void };

/** A place to drop a file on; the button does the same for keyboards and screen readers. */
export function DropArea({ accept, title, text, button, onFile }: Props) {
  const [isOver, setOver] = useState(false);
  const reset = useRef<() => void>(null);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file) onFile(file);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a pointer's shortcut; the button inside is the control.
    <div
      className={classes.area}
      data-over={isOver || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Stack align="center" gap={6}>
        <FileUp size={28} aria-hidden />
        <Text fw={600}>{title}</Text>
        <Text size="sm" c="dimmed" ta="center" maw={480}>
          {text}
        </Text>
        <FileButton
          accept={accept}
          resetRef={reset}
          inputProps={{ 'aria-label': button }}
          onChange={(file) => {
            // The same file, corrected, may be chosen again at once.
            reset.current?.();
            if (file) onFile(file);
          }}
        >
          {(props) => (
            <Button {...props} variant="light" mt="xs">
              {button}
            </Button>
          )}
        </FileButton>
      </Stack>
    </div>
  );
}
