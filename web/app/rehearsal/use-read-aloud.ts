import { useEffect, useState } from 'react';

/** The browser's voice for the agent's words; possible where it has one that speaks the language without a network. */
export function useReadAloud(words: string[], language: 'en' | 'it') {
  const [isOn, setOn] = useState(false);
  const voice = useVoice(language);
  const text = words.join(' ');
  useEffect(() => {
    if (!isOn || voice === null || text === '') return;
    const said = new SpeechSynthesisUtterance(text);
    said.voice = voice;
    said.lang = voice.lang;
    window.speechSynthesis.speak(said);
    return () => window.speechSynthesis.cancel();
  }, [isOn, voice, text]);
  return { isPossible: voice !== null, isOn, turn: setOn };
}

function useVoice(language: 'en' | 'it'): SpeechSynthesisVoice | null {
  const [voice, setVoice] = useState<SpeechSynthesisVoice | null>(null);
  useEffect(() => {
    const synthesis = window.speechSynthesis;
    if (!synthesis) return;
    const look = () => {
      const voices = synthesis.getVoices().filter(({ lang }) => lang.startsWith(language));
      setVoice(voices.find(({ localService }) => localService) ?? null);
    };
    look();
    // Some browsers know their voices a moment later.
    synthesis.addEventListener('voiceschanged', look);
    return () => synthesis.removeEventListener('voiceschanged', look);
  }, [language]);
  return voice;
}
