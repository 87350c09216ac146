import { useCallback, useEffect, useRef, useState } from 'react';

// The types of the language do not know it yet; browsers have it under their own name, or not at all.
type Recognition = {
  lang: string;
  start(): void;
  abort(): void;
  onresult:
    | ((event: { results: { [index: number]: { transcript: string }[]; length: number } }) => void)
    | null;
  onerror: ((event: { error: string }) => void) | null;
  onend: (() => void) | null;
};
type Browser = { SpeechRecognition?: new () => Recognition; webkitSpeechRecognition?: new () => Recognition };

const LOCALE = { en: 'en-GB', it: 'it-IT' } as const;
// Nobody spoke, or it was stopped: no reason to give the voice up.
const HARMLESS = ['no-speech', 'aborted'];

/** The browser's ear: one utterance at a time. `isPossible` is false where there is none, `hasFailed` once it did not work. */
export function useSpeech(language: keyof typeof LOCALE, onWords: (words: string) => void) {
  const { SpeechRecognition, webkitSpeechRecognition } = window as unknown as Browser;
  const Ear = SpeechRecognition ?? webkitSpeechRecognition;
  const [isListening, setListening] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  const running = useRef<Recognition | null>(null);
  const stop = useCallback(() => {
    running.current?.abort();
    running.current = null;
    setListening(false);
  }, []);
  useEffect(() => stop, [stop]);
  const start = (Given: new () => Recognition) => {
    const ear = new Given();
    ear.lang = LOCALE[language];
    ear.onresult = ({ results }) => {
      const words = results[results.length - 1]?.[0]?.transcript.trim();
      if (words) onWords(words);
    };
    ear.onerror = ({ error }) => {
      if (!HARMLESS.includes(error)) setFailed(true);
    };
    ear.onend = stop;
    running.current = ear;
    setListening(true);
    try {
      ear.start();
    } catch {
      setFailed(true);
      stop();
    }
  };
  const toggle = () => {
    if (isListening) stop();
    else if (Ear) start(Ear);
  };
  return { isPossible: Ear !== undefined, isListening, hasFailed, toggle };
}
