import { describe, expect, it } from 'vitest';
import { Playback } from './playback.ts';

describe('what was heard of the agent', () => {
  it('completes a turn when all its clauses were played', () => {
    const playback = new Playback();
    playback.say(1, 'Hello, this is Acme. Do you agree?');
    expect(playback.played('Hello,')).toEqual([]);
    expect(playback.played(' this is Acme.')).toEqual([]);
    expect(playback.played(' Do you agree?')).toEqual([1]);
  });

  it('tells turns apart that were played in one breath', () => {
    const playback = new Playback();
    playback.say(1, 'I need a yes or a no.');
    playback.say(2, 'Do you agree?');
    expect(playback.played('I need a yes or a no. Do you')).toEqual([1]);
    expect(playback.played(' agree?')).toEqual([2]);
  });

  it('believes about as much as the text, for a voice that reads numbers as words', () => {
    const playback = new Playback();
    playback.say(1, 'From 1 to 5, how satisfied are you?');
    expect(playback.played('From one to five, how satisfied are you?')).toEqual([]);
    expect(playback.silent()).toEqual([1]);
  });

  it('never counts a turn of which nothing, or only the beginning, was heard', () => {
    const playback = new Playback();
    playback.say(1, 'Do you agree to take part?');
    expect(playback.silent()).toEqual([]);
    playback.played('Do you');
    expect(playback.silent()).toEqual([]);
  });

  it('forgets what was cut off', () => {
    const playback = new Playback();
    playback.say(3, 'How many rooms do you have?');
    playback.played('How many');
    expect(playback.interrupted()).toEqual([3]);
    expect(playback.silent()).toEqual([]);
  });
});
