import type { ScriptTemplate } from '../../lib/api/model.ts';
import { type FormValues, QUESTIONS } from './form-values.ts';

/** The words from which an introduction is assembled; the organisation is a field of the campaign. */
export type IntroSlots = { purpose: string; duration_minutes: number; contact: string };

export const EMPTY_SLOTS: IntroSlots = { purpose: '', duration_minutes: 2, contact: '' };

/** The fields of the form that a ready script fills in. */
export function questionsOf(template: ScriptTemplate): Partial<FormValues> {
  const fields = QUESTIONS.flatMap((number) => {
    const { text, type, scale_min, scale_max } = template.questions[number - 1]!;
    return [
      [`question_${number}_text`, text],
      [`question_${number}_type`, type],
      [`question_${number}_scale_min`, scale_min],
      [`question_${number}_scale_max`, scale_max],
    ];
  });
  return Object.fromEntries(fields);
}
