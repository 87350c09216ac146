import { AppError } from '../errors.ts';
import type { Db } from '../infra/db/database.ts';
import type { Language } from '../infra/db/tables.ts';
import type { CampaignInput } from './campaign-input.ts';

const MESSAGES = {
  completed: {
    en: 'There is no such e-mail template for completed surveys.',
    it: 'Non esiste un modello di e-mail di questo tipo per i sondaggi completati.',
  },
  refused: {
    en: 'There is no such e-mail template for refusals.',
    it: 'Non esiste un modello di e-mail di questo tipo per i rifiuti.',
  },
  not_reached: {
    en: 'There is no such e-mail template for people who were not reached.',
    it: 'Non esiste un modello di e-mail di questo tipo per chi non è stato raggiunto.',
  },
} as const;

/** Throws `request.invalid` for every e-mail template that does not exist or belongs to another outcome. */
export async function checkTemplates(db: Db, input: CampaignInput, language: Language): Promise<void> {
  const wanted = (['completed', 'refused', 'not_reached'] as const).flatMap((type) => {
    const field = `email_${type}_template_id` as const;
    const id = input[field];
    return id === null ? [] : [{ field, type, id }];
  });
  if (wanted.length === 0) return;
  const found = await db
    .selectFrom('email_template')
    .select(['id', 'type'])
    .where(
      'id',
      'in',
      wanted.map(({ id }) => id),
    )
    .execute();
  const missing = wanted.filter(({ id, type }) => !found.some((row) => row.id === id && row.type === type));
  if (missing.length === 0) return;
  throw new AppError('request.invalid', 'Some fields are not right.', {
    errors: missing.map(({ field, type }) => ({
      field,
      message: MESSAGES[type][language],
    })),
  });
}
